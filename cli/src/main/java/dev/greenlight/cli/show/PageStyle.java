package dev.greenlight.cli.show;

/** How the page looks: light and dark, on a desk and on a phone. */
final class PageStyle {

    static final String CSS = """
            :root {
              color-scheme: light dark;
              --ground: #f6f7f5; --card: #ffffff; --ink: #1c2321; --soft: #5f6b67; --line: #dfe4e1;
              --blue: #4a7fd6; --green: #35a66f; --red: #d92d20; --amber: #b86e00; --grey: #9aa5a1;
              --forward: #16784a; --back: #a85f00; --step: #4d5a56; --tint: #e9f5ee; --warn: #fdeceb;
              --lane: 1.45rem;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --ground: #111514; --card: #191f1d; --ink: #e6ece9; --soft: #97a5a0; --line: #2c3532;
                --blue: #4673bd; --green: #2d8a5d; --red: #ff5b4d; --amber: #f0a53a; --grey: #66716d;
                --forward: #2c9563; --back: #b8741a; --step: #55635e; --tint: #16291f; --warn: #361b19;
              }
            }
            * { box-sizing: border-box; }
            html { scroll-behavior: smooth; }
            body { margin: 0; background: var(--ground); color: var(--ink);
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .6rem; letter-spacing: -.02em; }
            h2 { font-size: 1.3rem; margin: 0; display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; }
            h3 { font-size: .8rem; text-transform: uppercase; letter-spacing: .08em; color: var(--soft); margin: 0 0 .5rem; }
            small { color: var(--soft); font-size: .8125rem; }
            a { color: inherit; }
            .light { display: inline-block; width: .7em; height: .7em; border-radius: 50%; background: var(--green);
              margin-right: .45em; box-shadow: 0 0 0 .22em var(--tint); }
            .lead { margin: 0 0 1rem; max-width: 56rem; color: var(--soft); }
            .banner { margin: 0 0 1rem; padding: .6rem .9rem; border-radius: .5rem; border-left: 4px solid; }
            .kept { background: var(--tint); border-color: var(--green); }
            .broken { background: var(--warn); border-color: var(--red); }
            section { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.4rem 1.5rem;
              margin: 1.6rem 0; }
            .versions { color: var(--soft); font-weight: 400; }
            .verdict { margin: .35rem 0 1.1rem; color: var(--soft); overflow-wrap: anywhere; }
            .chip { font-size: .8rem; font-weight: 600; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid;
              white-space: nowrap; }
            .chip.forward { color: var(--forward); } .chip.back { color: var(--amber); }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th { font-size: .8rem; font-weight: 500; color: var(--soft); text-align: left; }
            th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
            .n { text-align: right; }
            figure { margin: 0 0 1.4rem; }
            .chart { position: relative; display: grid; grid-template-columns: 2.6rem 1fr 3rem;
              grid-template-areas: "ul . ur" "yl plot yr" ". x ." ". t ."; font-size: .75rem; color: var(--soft);
              font-variant-numeric: tabular-nums; }
            .unit { line-height: 1.25; padding-bottom: .3rem; white-space: nowrap; }
            .unit.left { grid-area: ul; } .unit.right { grid-area: ur; text-align: right; }
            .yaxis { position: relative; height: 15rem; align-self: end; }
            .yaxis.left { grid-area: yl; } .yaxis.right { grid-area: yr; }
            .yaxis span { position: absolute; transform: translateY(50%); line-height: 1; }
            .yaxis.left span { right: .5rem; } .yaxis.right span { left: .5rem; }
            .plot { grid-area: plot; position: relative; }
            .plot svg { display: block; width: 100%; height: 15rem; border-bottom: 1px solid var(--soft); }
            .xaxis { grid-area: x; position: relative; height: 1.3rem; }
            .xaxis span { position: absolute; transform: translateX(-50%); top: .2rem; }
            .xtitle { grid-area: t; text-align: center; }
            .grid { stroke: var(--line); vector-effect: non-scaling-stroke; }
            .before { fill: var(--blue); background: var(--blue); }
            .released { fill: var(--green); background: var(--green); }
            .other { fill: var(--grey); background: var(--grey); }
            .failed { fill: var(--red); background: var(--red); }
            path.weight { fill: none; stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke; }
            path.halo { fill: none; stroke: var(--card); stroke-width: 5; stroke-opacity: .75;
              vector-effect: non-scaling-stroke; }
            .name { position: absolute; bottom: 5.5rem; transform: translateX(-50%); color: #fff; font-weight: 700;
              font-size: .95rem; text-shadow: 0 0 4px rgb(0 0 0 / .45); }
            .stem { position: absolute; bottom: 0; border-left: 1px dashed var(--soft); opacity: .7; }
            .mark { display: inline-grid; place-items: center; width: 1.3rem; height: 1.3rem; border-radius: 50%;
              font-size: .72rem; font-weight: 700; color: #fff; background: var(--step); text-decoration: none; }
            .mark.forward { background: var(--forward); } .mark.back { background: var(--back); }
            .mark.wait { background: none; color: var(--soft); }
            .plot .mark { position: absolute; transform: translateX(-50%); }
            figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin-top: .7rem; font-size: .8125rem;
              color: var(--soft); }
            .key { display: inline-flex; align-items: center; gap: .45rem; }
            .key i { width: .9rem; height: .9rem; border-radius: .2rem; flex: none; }
            .key i.weight { height: 0; border-top: 2px solid var(--ink); border-radius: 0; }
            .key i.number { background: var(--step); color: #fff; border-radius: 50%; font: 700 .62rem/.9rem system-ui;
              text-align: center; }
            .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.25fr); gap: 1.5rem 2.5rem; }
            dl { margin: 0; }
            dl div { display: grid; grid-template-columns: 6.6rem 1fr; gap: .6rem; padding: .4rem 0;
              border-bottom: 1px solid var(--line); }
            dt { color: var(--soft); } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            dd small, .when small { display: block; line-height: 1.35; }
            .story { list-style: none; margin: 0; padding: 0; }
            .story li { display: grid; grid-template-columns: 1.5rem 4.6rem 1fr; gap: .6rem; padding: .4rem .3rem;
              border-bottom: 1px solid var(--line); line-height: 1.4; border-radius: .3rem; }
            .story li:target { background: var(--tint); }
            .story .when { font-variant-numeric: tabular-nums; }
            .story .what { overflow-wrap: anywhere; }
            .story .what .rule { display: block; }
            .story li.wait { color: var(--soft); }
            .story li.wait b { font-weight: 400; }
            footer { color: var(--soft); font-size: .8125rem; max-width: 48rem; }
            @media (max-width: 46rem) {
              main { padding: 1.2rem .7rem 2rem; }
              section { padding: 1.1rem .9rem; }
              .columns { grid-template-columns: minmax(0, 1fr); }
              .chart { grid-template-columns: 2.1rem 1fr 2.5rem; }
              .yaxis, .plot svg { height: 11rem; }
              .name { bottom: 4rem; }
              table { font-size: .85rem; }
              th, td { padding-right: .55rem; }
              th:nth-child(2), td:nth-child(2) { display: none; }
            }
            """;

    private PageStyle() {}
}
