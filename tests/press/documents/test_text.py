from press.documents.text import WIDTH, text
from press.documents.tree import Facts, Heading, Link, ListOf, Paragraph, Table
from tests.press.documents import samples

TABLE = Table(
    "Säsonger",
    ("År", "Serie", "Poäng"),
    (("2021", "GT4 European Series", "1\u00a0121,5"), ("2020", "", "9")),
    numeric=(2,),
)


def test_a_text_reads_well_in_a_mail():
    document = samples.make_document(
        Paragraph("En mening som är längre än en rad i ett brev. " * 3),
        Heading(1, "Fakta"),
        Facts(
            (
                ("Född", "1995"),
                ("Webb", Link("example.com", "https://www.example.com/")),
                ("Post", Link("ake@example.com", "mailto:ake@example.com")),
                ("Telefon", Link("+46 70 1", "tel:+46701")),
            )
        ),
        TABLE,
        Heading(2, "Nästa"),
        ListOf(("Spa", ("Åre, ", Link("biljetter", "https://example.com/å")))),
        samples.make_portrait(),
    )
    sentence = "En mening som är längre än en rad i ett brev."
    assert text(document).decode() == (
        "Märta Öhman\n"
        "===========\n"
        "\n"
        "Uppgifter per 12 maj 2022\n"
        "\n"
        f"{sentence} {sentence} {sentence}\n"
        "\n"
        "Fakta\n"
        "-----\n"
        "\n"
        "Född: 1995\n"
        "Webb: example.com\n"
        "Post: ake@example.com\n"
        "Telefon: +46 70 1\n"
        "\n"
        "Säsonger\n"
        "\n"
        "År    Serie                  Poäng\n"
        "----  -------------------  -------\n"
        "2021  GT4 European Series  1\u00a0121,5\n"
        "2020                             9\n"
        "\n"
        "Nästa\n"
        "\n"
        "• Spa\n"
        "• Åre, biljetter (https://example.com/%C3%A5)\n"
        "\n"
        "Märta Öhman i Hockenheim, maj 2022.\n"
        "Foto: Åsa Ek\n"
        "\n"
        f"{samples.ADDRESS}\n"
    )


def test_a_table_too_wide_for_a_mail_is_told_row_by_row():
    wide = Table("", ("År", "Serie"), (("2021", "S" * WIDTH), ("2020", "")))
    document = samples.make_document(wide, as_of="")
    assert (
        f"\n\nÅr: 2021\nSerie: {'S' * WIDTH}\n\nÅr: 2020\n\n" in text(document).decode()
    )


def test_no_line_ends_in_a_space_and_all_end_in_a_line_feed():
    lines = text(samples.fact_sheet()).decode().split("\n")
    assert lines[-1] == "" != lines[-2]
    assert [line for line in lines if line != line.rstrip()] == []
