package org.espace.bench;

import java.util.List;
import java.util.Locale;

/** Lines drawn as SVG, one panel below the other, each from zero up. */
final class Picture {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int RIGHT = 40;
    private static final int TOP = 44;
    private static final int BOTTOM = 36;

    record Point(double x, double y) {}

    record Panel(String title, List<Point> points) {}

    private Picture() {}

    static String of(Panel... panels) {
        var text = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                """.formatted(WIDTH, HEIGHT * panels.length));
        for (var i = 0; i < panels.length; i++) {
            text.append("<g transform=\"translate(0 %d)\">\n".formatted(i * HEIGHT));
            draw(panels[i], text);
            text.append("</g>\n");
        }
        return text.append("</svg>\n").toString();
    }

    private static void draw(Panel panel, StringBuilder text) {
        var widest = panel.points().stream().mapToDouble(Point::x).max().orElse(1);
        var highest = panel.points().stream().mapToDouble(Point::y).max().orElse(1) * 1.15;
        var ground = HEIGHT - BOTTOM;
        text.append("<text x=\"%d\" y=\"22\" font-weight=\"bold\" fill=\"#222222\">%s</text>\n"
                .formatted(LEFT, panel.title()));
        text.append("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#999999\"/>\n"
                .formatted(LEFT, TOP, ground, WIDTH - RIGHT));
        text.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555555\">0</text>\n"
                .formatted(LEFT - 8, ground + 4));
        var line = new StringBuilder();
        for (var point : panel.points()) {
            var x = LEFT + point.x() / widest * (WIDTH - LEFT - RIGHT);
            var y = ground - point.y() / highest * (ground - TOP);
            line.append(line.isEmpty() ? "M" : "L").append(at(x)).append(' ').append(at(y));
            text.append("<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"#0b5cad\"/>\n".formatted(at(x), at(y)));
            text.append("<text x=\"%s\" y=\"%s\" text-anchor=\"middle\" fill=\"#222222\">%s</text>\n"
                    .formatted(at(x), at(y - 10), String.format(Locale.ROOT, "%.3g", point.y())));
            text.append("<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">%s M</text>\n"
                    .formatted(at(x), ground + 18, String.format(Locale.ROOT, "%.3g", point.x() / 1e6)));
        }
        text.append("<path d=\"%s\" fill=\"none\" stroke=\"#0b5cad\" stroke-width=\"2\"/>\n".formatted(line));
    }

    private static String at(double place) {
        return String.format(Locale.ROOT, "%.1f", place);
    }
}
