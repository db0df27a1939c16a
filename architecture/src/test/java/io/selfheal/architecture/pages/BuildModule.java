package io.selfheal.architecture.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module of the build, as its pom tells of it.
 *
 * @param folder where it lies, from the root
 * @param says its description
 * @param knows the modules of ours that are on its class path
 * @param needs those that have to be built before it, and are not
 */
record BuildModule(String folder, String artifact, String says, List<String> knows, List<String> needs) {

    BuildModule {
        knows = List.copyOf(knows);
        needs = List.copyOf(needs);
    }

    /** Those that the root's pom lists, in its order. */
    static List<BuildModule> of(Path root) {
        Element parent = pom(root);
        return children(child(parent, "modules"), "module")
                .map(module -> read(root, module.getTextContent().strip()))
                .toList();
    }

    /** The part of the house that it is in. */
    String part() {
        return folder.replaceAll("/.*", "");
    }

    private static BuildModule read(Path root, String folder) {
        Element pom = pom(root.resolve(folder));
        List<String> knows = new ArrayList<>();
        List<String> needs = new ArrayList<>();
        children(child(pom, "dependencies"), "dependency")
                .filter(dependency -> text(dependency, "groupId").equals("io.selfheal"))
                .forEach(dependency -> {
                    switch (text(dependency, "scope")) {
                        case "" -> knows.add(text(dependency, "artifactId"));
                        case "provided" -> needs.add(text(dependency, "artifactId"));
                        default -> {} // what only its tests know
                    }
                });
        knows.sort(Comparator.naturalOrder());
        needs.sort(Comparator.naturalOrder());
        return new BuildModule(folder, text(pom, "artifactId"), text(pom, "description"), knows, needs);
    }

    private static Element pom(Path folder) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("pom.xml").toFile());
            return document.getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(folder.resolve("pom.xml") + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Stream<Element> child(Element parent, String name) {
        return elements(parent).filter(element -> element.getTagName().equals(name));
    }

    private static Stream<Element> children(Stream<Element> parents, String name) {
        return parents.flatMap(parent -> child(parent, name));
    }

    /** Empty where there is none. */
    private static String text(Element parent, String name) {
        return child(parent, name)
                .map(element -> element.getTextContent().strip().replaceAll("\\s+", " "))
                .findFirst()
                .orElse("");
    }

    private static Stream<Element> elements(Element parent) {
        NodeList nodes = parent.getChildNodes();
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements.stream();
    }
}
