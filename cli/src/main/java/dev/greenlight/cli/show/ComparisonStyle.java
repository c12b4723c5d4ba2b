package dev.greenlight.cli.show;

/** What the table of strategies needs beyond {@link PageStyle}. */
final class ComparisonStyle {

    static final String CSS = """
            .compared td { padding-top: .5rem; padding-bottom: .5rem; vertical-align: top; }
            .compared td b, .compared td small { display: block; }
            .compared td:first-child { font-weight: 600; position: sticky; left: 0; background: var(--ground); }
            .compared .otherwise b { color: var(--amber); }
            .compared .otherwise b::before { content: "≠ "; }
            .notes { margin: 1.8rem 0; }
            .notes dt small { display: block; }
            .pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.2rem 2rem; }
            .small { margin: 0; }
            .small .versions { text-transform: none; letter-spacing: 0; }
            .small .plot svg { height: 8rem; }
            .small .name { bottom: 2.6rem; }
            .small .xaxis { font-size: .75rem; color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
            .small .xaxis .end { transform: translateX(-100%); }
            .small figcaption { flex-direction: column; gap: .1rem; overflow-wrap: anywhere; }
            .small b.some { color: var(--red); }
            .exposure { margin: 1rem 0 0; color: var(--soft); font-size: .8125rem; }
            @media (max-width: 46rem) {
              .pair { grid-template-columns: minmax(0, 1fr); }
              .compared th:nth-child(2), .compared td:nth-child(2) { display: table-cell; }
            }
            """;

    private ComparisonStyle() {}
}
