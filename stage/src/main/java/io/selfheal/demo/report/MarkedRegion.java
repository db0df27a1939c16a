package io.selfheal.demo.report;

/** The part of a page that a command writes: between two comments that name it. Everything else of the page is left as it is. */
public final class MarkedRegion {

    private MarkedRegion() {}

    /** The page with another text there; throws a sentence when the page does not hold both marks once, in order. */
    public static String replace(String page, String name, String text) {
        String begin = begin(name);
        String end = end(name);
        int from = only(page, begin);
        int to = only(page, end);
        if (to < from) {
            throw new IllegalArgumentException("'" + end + "' stands before '" + begin + "'");
        }
        if (text.contains("<!-- ")) {
            throw new IllegalArgumentException("a text that has marks of its own would end the region " + name);
        }
        return page.substring(0, from + begin.length()) + "\n" + text.strip() + "\n" + page.substring(to);
    }

    /** What begins it. */
    public static String begin(String name) {
        return "<!-- " + name + ": begin, written by a command -->";
    }

    /** What ends it. */
    public static String end(String name) {
        return "<!-- " + name + ": end -->";
    }

    private static int only(String page, String mark) {
        int at = page.indexOf(mark);
        if (at < 0 || page.indexOf(mark, at + 1) >= 0) {
            throw new IllegalArgumentException("the page must have this line once: " + mark);
        }
        return at;
    }
}
