package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.DemoReport;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PageTest {

    @Test
    void the_page_is_well_formed() throws Exception {
        assertThat(parsed(Page.of(Reports.kept())).getDocumentElement().getTagName())
                .isEqualTo("html");
    }

    @Test
    void there_is_one_picture_for_each_release() throws Exception {
        Document page = parsed(Page.of(Reports.kept()));

        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(4);
        assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(4);
    }

    @Test
    void the_page_loads_nothing_from_anywhere() {
        assertThat(Page.of(Reports.kept()))
                .doesNotContainPattern("https?:|//[a-z]|url\\(|@import|<script|<link|<img|src=|<iframe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onmouseover=\"alert(1)",
                "' & </style></svg>]]>",
                "bell \u0007, half a pair \ud83d, none \uffff",
                "100% %s %d"
            })
    void hostile_words_stay_words(String hostile) throws Exception {
        String page = Page.of(new DemoReport(List.of(Reports.saying(hostile)), 1));

        Document parsed = parsed(page);
        assertThat(page).doesNotContain("<script>", "\" onmouseover=\"");
        assertThat(parsed.getElementsByTagName("svg").getLength()).isEqualTo(1);
        assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
