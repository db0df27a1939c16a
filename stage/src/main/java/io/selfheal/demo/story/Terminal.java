package io.selfheal.demo.story;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where the story is told. Colour and a moving line only on a terminal; everywhere else plain lines. */
public final class Terminal {

    /** Colours by what they mean here. */
    public enum Tone {
        PLAIN(""),
        DIM("2"),
        STRONG("1"),
        BAD("31"),
        GOOD("32"),
        WARN("33"),
        INFO("36");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private static final List<String> WHEEL = List.of("⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏");
    private static final String CLEAR = "\r\u001b[2K";
    private static final int WIDTH = 118;

    private final PrintStream out;
    private final boolean moving;
    private final boolean colour;
    private int turn;
    private boolean progressShown;

    Terminal(PrintStream out, boolean moving, boolean colour) {
        this.out = out;
        this.moving = moving;
        this.colour = colour;
    }

    /**
     * Standard output. Elsewhere UTF-8 is understood even where the locale says nothing; a Windows console is told its own code page,
     * and no colours, which it may not understand.
     */
    public static Terminal standard() {
        boolean windows = System.getProperty("os.name", "").startsWith("Windows");
        boolean moving = !windows
                && Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent();
        String noColour = System.getenv("NO_COLOR");
        boolean colour = moving && (noColour == null || noColour.isEmpty());
        Charset charset = windows ? System.out.charset() : StandardCharsets.UTF_8;
        return new Terminal(new PrintStream(System.out, true, charset), moving, colour);
    }

    /** A line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
    }

    /** A line that the next one replaces; nothing where lines cannot be replaced. */
    public synchronized void progress(String text) {
        if (moving) {
            String shown = text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
            out.print(CLEAR + paint(Tone.INFO, WHEEL.get(turn++ % WHEEL.size())) + " " + paint(Tone.DIM, shown));
            out.flush();
            progressShown = true;
        }
    }

    /** Whether no line can move here. */
    boolean still() {
        return !moving;
    }

    /** The text in that tone, where there is colour. */
    public String paint(Tone tone, String text) {
        return colour && !tone.code.isEmpty() ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }

    private void clear() {
        if (progressShown) {
            out.print(CLEAR);
            progressShown = false;
        }
    }
}
