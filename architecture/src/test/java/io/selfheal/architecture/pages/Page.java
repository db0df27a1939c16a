package io.selfheal.architecture.pages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of Markdown.
 *
 * @param links where its links and pictures lead
 * @param anchors what a link into it may name after the {@code #}
 * @param typed lines of code in it, of which some are to be typed
 */
record Page(Path file, List<String> links, Set<String> anchors, List<String> typed) {

    static Page read(Path file) {
        return parse(file, Repository.text(file));
    }

    static Page parse(Path file, String markdown) {
        Reading reading = new Reading();
        Parser.builder().build().parse(markdown).accept(reading);
        return new Page(file, List.copyOf(reading.links), Set.copyOf(reading.anchors), List.copyOf(reading.typed));
    }

    private static final class Reading extends AbstractVisitor {
        private final List<String> links = new ArrayList<>();
        private final Set<String> anchors = new HashSet<>();
        private final List<String> typed = new ArrayList<>();
        private final IdGenerator ids = IdGenerator.builder().build();

        @Override
        public void visit(Link link) {
            links.add(link.getDestination());
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(image.getDestination());
        }

        @Override
        public void visit(Heading heading) {
            StringBuilder words = new StringBuilder();
            collect(heading, words);
            anchors.add(ids.generateId(words.toString()));
            visitChildren(heading);
        }

        private static void collect(Node node, StringBuilder words) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                switch (child) {
                    case Text text -> words.append(text.getLiteral());
                    case Code code -> words.append(code.getLiteral());
                    default -> collect(child, words);
                }
            }
        }

        @Override
        public void visit(Code code) {
            typed.add(code.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            block.getLiteral().replace("\\\n", " ").lines().forEach(typed::add);
        }
    }
}
