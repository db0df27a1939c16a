package io.selfheal.architecture.pages;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of a command line what there is no such thing of in the repository. Knows {@code ./mvnw}, {@code ./demo} and our scripts. */
final class Commands {
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|[\\s;&(=])(\\./mvnw|\\./demo|(?:\\./)?\\.ci/[\\w-]+)(?=\\s|$)([^;|&#>]*)");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern OPTION = Pattern.compile("names = (?:\\{)?((?:\"--?[\\w-]+\"(?:, )?)+)");
    private static final Pattern PROFILE = Pattern.compile("<profile>(?:\\s|<!--(?s:.*?)-->)*<id>([\\w-]+)</id>");

    private final Repository repository;
    private final Set<String> classes;
    private final Set<String> profiles;
    private final Set<String> demo;

    Commands(Repository repository) {
        this.repository = repository;
        this.classes = repository.files(name -> name.endsWith(".java")).stream()
                .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());
        this.profiles = found(PROFILE, repository.files("pom.xml"::equals).stream());
        Path stage = repository.root().resolve("stage/src/main");
        this.demo = found(
                        OPTION,
                        repository.files(name -> name.endsWith(".java")).stream()
                                .filter(file -> file.startsWith(stage)))
                .stream()
                .flatMap(names -> Arrays.stream(names.split("[^\\w-]+")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> found(Pattern pattern, Stream<Path> files) {
        return files.flatMap(file -> pattern.matcher(Repository.text(file)).results())
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many command lines of ours are in it. */
    long count(String line) {
        return COMMAND.matcher(line).results().count();
    }

    /** What does not exist of what the line names. */
    List<String> unknown(String line) {
        List<String> unknown = new ArrayList<>();
        Matcher command = COMMAND.matcher(line);
        while (command.find()) {
            List<String> words = WORD.matcher(command.group(2))
                    .results()
                    .map(match -> match.group().replaceAll("[\"']", ""))
                    .toList();
            switch (command.group(1)) {
                case "./mvnw" -> unknown.addAll(unknownToMaven(words));
                case "./demo" ->
                    words.stream()
                            .filter(word -> word.startsWith("--") && word.length() > 2)
                            .map(word -> word.replaceAll("(=.*|[,.:])$", ""))
                            .filter(option ->
                                    !demo.contains(option) && !option.equals("--help") && !option.equals("--version"))
                            .forEach(option -> unknown.add("./demo " + option));
                default -> {
                    if (!Files.isExecutable(repository.root().resolve(command.group(1)))) {
                        unknown.add(command.group(1));
                    }
                }
            }
        }
        return unknown;
    }

    private List<String> unknownToMaven(List<String> words) {
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl") && i + 1 < words.size()) {
                Arrays.stream(words.get(i + 1).split(","))
                        .filter(module ->
                                !Files.exists(repository.root().resolve(module).resolve("pom.xml")))
                        .forEach(module -> unknown.add("-pl " + module));
            } else if (word.startsWith("-P")) {
                Arrays.stream(word.substring(2).split(","))
                        .filter(profile -> !profiles.contains(profile))
                        .forEach(profile -> unknown.add("-P" + profile));
            } else if (word.startsWith("-Dtest=") || word.startsWith("-Dbench=")) {
                Arrays.stream(word.substring(word.indexOf('=') + 1).split(","))
                        .filter(name -> !isClass(name.replaceAll("[#$].*", "")))
                        .forEach(name -> unknown.add("a test " + name));
            }
        }
        return unknown;
    }

    /** Whether it is the name of a test or a measurement that does not exist. */
    boolean isUnknownTest(String code) {
        return code.matches("[A-Z]\\w*(Test|Bench)") && !classes.contains(code);
    }

    private boolean isClass(String glob) {
        String last = glob.substring(glob.lastIndexOf('/') + 1);
        Pattern pattern = Pattern.compile(last.replace(".", "\\.").replace("*", ".*"));
        return classes.stream().anyMatch(name -> pattern.matcher(name).matches());
    }
}
