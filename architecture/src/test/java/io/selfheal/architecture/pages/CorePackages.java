package io.selfheal.architecture.pages;

import com.tngtech.archunit.core.domain.JavaClass;
import io.selfheal.architecture.Product;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The packages of the healer's core, and which of them knows which: out of the compiled classes. */
final class CorePackages {
    private static final String BASE = "io.selfheal.healer.";
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?[.])(?=\\s|\\*/)", Pattern.DOTALL);
    private static final Set<String> OTHERS = Set.of("local", "aws", "server", "lambda");

    private final NavigableMap<String, NavigableSet<String>> known = new TreeMap<>();

    private CorePackages() {}

    static CorePackages read() {
        CorePackages packages = new CorePackages();
        Product.CLASSES.stream().filter(type -> isCore(name(type))).forEach(packages::add);
        return packages;
    }

    private void add(JavaClass type) {
        NavigableSet<String> others = known.computeIfAbsent(name(type), _ -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .map(CorePackages::name)
                .filter(other -> isCore(other) && !other.equals(name(type)))
                .forEach(others::add);
    }

    NavigableMap<String, NavigableSet<String>> known() {
        return known;
    }

    /** Without what follows from the rest: A knows C is left out where A knows B, and B knows C. There are no cycles. */
    NavigableMap<String, NavigableSet<String>> reduced() {
        NavigableMap<String, NavigableSet<String>> reduced = new TreeMap<>();
        known.forEach((from, all) -> reduced.put(
                from,
                all.stream()
                        .filter(to -> all.stream().noneMatch(other -> !other.equals(to) && reaches(other, to)))
                        .collect(Collectors.toCollection(TreeSet::new))));
        return reduced;
    }

    private boolean reaches(String from, String to) {
        NavigableSet<String> next = known.getOrDefault(from, new TreeSet<>());
        return next.contains(to) || next.stream().anyMatch(other -> reaches(other, to));
    }

    /** The first sentence of the package's own words, in one line. */
    static String says(Path root, String name) {
        String source = Repository.text(root.resolve("healer-lambda/core/src/main/java")
                .resolve((BASE + name).replace('.', '/'))
                .resolve("package-info.java"));
        Matcher sentence = SENTENCE.matcher(source);
        if (!sentence.find()) {
            throw new IllegalStateException("the package " + name + " says nothing about itself");
        }
        return sentence.group(1)
                .replaceAll("\\n\\s*\\*", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String name(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(BASE) ? name.substring(BASE.length()) : "";
    }

    private static boolean isCore(String name) {
        return !name.isEmpty() && !OTHERS.contains(name.replaceAll("\\..*", ""));
    }
}
