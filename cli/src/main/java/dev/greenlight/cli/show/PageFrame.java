package dev.greenlight.cli.show;

/** One HTML file around what a page shows: no script, no link to the outside, light or dark as the reader has it, and well-formed XML. */
final class PageFrame {

    private PageFrame() {}

    /**
     * The whole file, to be stored as UTF-8.
     *
     * @param style what the page needs beyond {@link PageStyle}
     * @param body markup, escaped where it must be
     */
    static String around(String title, String style, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(Html.escaped(title), PageStyle.CSS, style, body);
    }
}
