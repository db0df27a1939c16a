package io.selfheal.healer.report;

/** Makes texts from outside into texts of a Markdown page: whatever is in them, they stay words within a line. */
final class Markdown {
    // A label may have 1,024 characters; a page is for reading.
    private static final int LONGEST = 300;
    /** What begins something in CommonMark or GitHub's tables, links, mentions, mathematics; the rest stays readable. */
    private static final String MARKS = "\\`*_{}[]()#+!|~@:$^=";

    private Markdown() {}

    static String text(String outside) {
        return text(outside, LONGEST);
    }

    static String text(String outside, int longest) {
        StringBuilder safe = new StringBuilder();
        String brief = outside.length() <= longest ? outside : cut(outside, longest) + "…";
        brief.codePoints().forEach(point -> append(safe, point));
        // A bare address would become a link.
        return safe.toString().strip().replaceAll("(?i)www\\.", "www\\\\.");
    }

    /** Not between the halves of one character. */
    private static String cut(String text, int longest) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    private static void append(StringBuilder safe, int point) {
        if (Character.isISOControl(point) || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            safe.append(' ');
        } else if (Character.getType(point) == Character.FORMAT || Character.getType(point) == Character.SURROGATE) {
            // Among them what turns the direction of writing, so that a text reads as another than it is.
            safe.append('\uFFFD');
        } else {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                default -> {
                    if (MARKS.indexOf(point) >= 0) {
                        safe.append('\\');
                    }
                    safe.appendCodePoint(point);
                }
            }
        }
    }

    /** A row of a table out of cells that are safe already. */
    static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        return row.append('\n').toString();
    }

    /** The head of a table. */
    static String head(String... names) {
        return row((Object[]) names) + "|" + " --- |".repeat(names.length) + "\n";
    }
}
