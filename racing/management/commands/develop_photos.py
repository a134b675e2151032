"""Make the copies of photos that lack them."""

from django.core.management.base import BaseCommand, CommandError

from racing import darkroom


class Command(BaseCommand):
    help = (
        "Makes the copies that pages show of every photo that lacks them: after an "
        "upgrade, or after a server was stopped while it made them."
    )

    def handle(self, **options):
        done = darkroom.develop_waiting()
        failed = {key: error for key, error in done.items() if error}
        if done and options["verbosity"]:
            self.stdout.write(f"Developed {len(done) - len(failed)} of {len(done)}.")
        if failed:
            told = "; ".join(f"photo {key}: {error}" for key, error in failed.items())
            raise CommandError(f"Some photos cannot be developed: {told}")
