"""A UID for ever for what calendars carry, and the number of its revision."""

import uuid

from django.db import migrations, models

import racing.clock

CARRIED = ("Event", "Session")


def give_uids(apps, schema_editor):
    """Each row its own, the same throughout its history."""
    using = schema_editor.connection.alias
    for name in CARRIED:
        model = apps.get_model("events", name)
        past = apps.get_model("events", f"Historical{name}")
        keys = set(past.objects.using(using).values_list("id", flat=True))
        keys.update(model.objects.using(using).values_list("id", flat=True))
        for key in sorted(keys):
            uid = uuid.uuid4()
            for rows in (model.objects, past.objects):
                rows.using(using).filter(id=key).update(uid=uid)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_poles_and_fastest_laps_by_session"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="revised_at",
            field=models.DateTimeField(
                default=racing.clock.machine_now, editable=False, verbose_name="revised"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="sequence",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="revision"
            ),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="revised_at",
            field=models.DateTimeField(
                default=racing.clock.machine_now, editable=False, verbose_name="revised"
            ),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="sequence",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="revision"
            ),
        ),
        migrations.AddField(
            model_name="historicalsession",
            name="revised_at",
            field=models.DateTimeField(
                default=racing.clock.machine_now, editable=False, verbose_name="revised"
            ),
        ),
        migrations.AddField(
            model_name="historicalsession",
            name="sequence",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="revision"
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="revised_at",
            field=models.DateTimeField(
                default=racing.clock.machine_now, editable=False, verbose_name="revised"
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="sequence",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="revision"
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="uid",
            field=models.UUIDField(null=True, editable=False, verbose_name="UID"),
        ),
        migrations.AddField(
            model_name="historicalevent",
            name="uid",
            field=models.UUIDField(
                db_index=True, null=True, editable=False, verbose_name="UID"
            ),
        ),
        migrations.AddField(
            model_name="historicalsession",
            name="uid",
            field=models.UUIDField(
                db_index=True, null=True, editable=False, verbose_name="UID"
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="uid",
            field=models.UUIDField(null=True, editable=False, verbose_name="UID"),
        ),
        migrations.RunPython(give_uids, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="event",
            name="uid",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="UID"
            ),
        ),
        migrations.AlterField(
            model_name="historicalevent",
            name="uid",
            field=models.UUIDField(
                db_index=True, default=uuid.uuid4, editable=False, verbose_name="UID"
            ),
        ),
        migrations.AlterField(
            model_name="historicalsession",
            name="uid",
            field=models.UUIDField(
                db_index=True, default=uuid.uuid4, editable=False, verbose_name="UID"
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="uid",
            field=models.UUIDField(
                default=uuid.uuid4, editable=False, unique=True, verbose_name="UID"
            ),
        ),
    ]
