package org.espace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class PictureTest {

    private static final Picture.Panel TIME =
            new Picture.Panel("Time", List.of(new Picture.Point(1_000_000, 2.5), new Picture.Point(4_000_000, 5)));
    private static final Picture.Panel MEMORY = new Picture.Panel("Memory", List.of(new Picture.Point(500_000, 0.25)));

    /** 4 M lies at the right, 1 M a quarter of the way; half the height of the highest is half as far from the ground. */
    @Test
    void pointsLieInProportionFromZeroOn() throws Exception {
        var circles = drawn(TIME).getElementsByTagName("circle");
        assertThat(circles.getLength()).isEqualTo(2);
        var first = (Element) circles.item(0);
        var last = (Element) circles.item(1);
        assertThat(number(first, "cx") - 60).isCloseTo((number(last, "cx") - 60) / 4, within(0.1));
        assertThat(number(last, "cx")).isEqualTo(600);
        assertThat(184 - number(first, "cy")).isCloseTo((184 - number(last, "cy")) / 2, within(0.1));
    }

    @Test
    void eachPointSaysItsFiguresAndEachPanelItsTitle() throws Exception {
        var picture = drawn(TIME, MEMORY);
        assertThat(picture.getTextContent())
                .contains("Time", "2.50", "1.00 M", "5.00", "4.00 M", "Memory", "0.250", "0.500 M");
        assertThat(picture.getAttribute("viewBox")).isEqualTo("0 0 640 440");
    }

    private static Element drawn(Picture.Panel... panels) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Picture.of(panels))))
                .getDocumentElement();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
