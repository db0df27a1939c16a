package io.selfheal.healer.server.bench;

import io.selfheal.healer.server.stage.HealerProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What 10,000 bad requests a second cost the good ones. The healer has processors 0 and 1, the senders have the others. Four
 * kinds of slices take turns: nobody sends, good ones only, bad ones only, both; so that the processor time of a good request
 * beside bad ones is that of both less what so many bad ones take alone. See the README of this module for the command.
 */
public final class BadRequestsBench {
    private static final int SERVICES = 400;
    private static final int SENDERS = 8;
    private static final double BAD_A_SECOND = 10_000;
    private static final double GOOD_A_SECOND = 100;
    private static final double MOST = 1.2;
    private static final Duration SLICE = Duration.ofSeconds(8);
    private static final List<BadRequest> ALL = List.of(BadRequest.values());
    private static final String POLICY = """
            version: 1
            name: bad-requests
            policies:
              - name: sick-task
                match: ['service_name=~".+"']
                ladder: [restart-task, escalate]
                mode: shadow
            """;

    private enum Arm {
        IDLE,
        GOOD,
        BAD,
        BOTH;

        boolean good() {
            return this == GOOD || this == BOTH;
        }

        boolean bad() {
            return this == BAD || this == BOTH;
        }
    }

    /** All slices of one kind together. */
    private static final class Tally {
        private final List<Duration> times = new ArrayList<>();
        private long bad;
        private long cpu;
        private long lasted;

        double cpuPerSecond() {
            return (double) cpu / lasted;
        }

        double goodPerSecond() {
            return times.size() * 1e9 / lasted;
        }

        double badPerSecond() {
            return bad * 1e9 / lasted;
        }

        Duration percentile(double share) {
            return Percentiles.of(times.stream().sorted().toList(), share);
        }
    }

    private final HealerProcess healer;
    private final GoodSender good;
    private final List<BadSender> bad;
    private final ExecutorService threads;
    private final Map<Arm, Tally> tallies = new EnumMap<>(Arm.class);

    private BadRequestsBench(HealerProcess healer, HttpClient http, List<BadSender> bad, ExecutorService threads) {
        this.healer = healer;
        this.good = new GoodSender(healer, http, SERVICES);
        this.bad = bad;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        pin("2-" + (Runtime.getRuntime().availableProcessors() - 1));
        Path folder = Files.createTempDirectory("healer-bench");
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Map<String, String> environment = Map.of(
                "HEALER_POLICY", policy.toString(),
                "HEALER_PROBE_ENABLED", "false",
                "HEALER_SNS_TOPICS", BadRequest.TOPIC,
                "HEALER_APPROVAL_KEY", "0123456789abcdef0123456789abcdef",
                "HEALER_PUBLIC_URL", "https://healer.example",
                "TEST_PAPER", "true",
                "TEST_PAPER_SERVICES", Integer.toString(SERVICES));
        try (HealerProcess healer = HealerProcess.launch(List.of("taskset", "-c", "0,1"), folder, environment)
                        .awaitReady();
                HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<BadSender> bad = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                bad.add(new BadSender(healer.uri("/").getPort()));
            }
            new BadRequestsBench(healer, http, bad, threads).run(rounds);
            for (BadSender one : bad) {
                one.close();
            }
        }
    }

    private static void pin(String processors) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-p",
                        "-c",
                        processors,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new IllegalStateException("taskset -c " + processors + ": exit code " + taskset.exitValue());
        }
    }

    private void run(int rounds) throws Exception {
        // The quick compiler compiles what runs often: both kinds have to have.
        slice(Arm.BOTH);
        slice(Arm.BOTH);
        tallies.clear();
        for (int round = 0; round < rounds; round++) {
            for (Arm arm : round % 2 == 0
                    ? List.of(Arm.values())
                    : List.of(Arm.values()).reversed()) {
                slice(arm);
            }
        }
        report();
        byKind();
    }

    private void slice(Arm arm) throws InterruptedException, ExecutionException {
        Tally tally = tallies.computeIfAbsent(arm, _ -> new Tally());
        ThreadTimes before = ThreadTimes.of(healer.pid());
        long begun = System.nanoTime();
        long end = begun + SLICE.toNanos();
        Future<List<Duration>> times =
                threads.submit(() -> arm.good() ? good.sendUntil(end, GOOD_A_SECOND) : rest(end));
        tally.bad += arm.bad() ? sendBad(end, BAD_A_SECOND, ALL) : 0;
        tally.times.addAll(times.get());
        tally.cpu += ThreadTimes.of(healer.pid()).since(before).all();
        tally.lasted += System.nanoTime() - begun;
    }

    private static List<Duration> rest(long end) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(end - System.nanoTime()));
        return List.of();
    }

    private long sendBad(long end, double perSecond, List<BadRequest> kinds)
            throws InterruptedException, ExecutionException {
        List<Future<Long>> running = new ArrayList<>();
        for (BadSender sender : bad) {
            running.add(threads.submit(() -> sender.sendUntil(end, perSecond / SENDERS, kinds)));
        }
        long sent = 0;
        for (Future<Long> one : running) {
            sent += one.get();
        }
        return sent;
    }

    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private void report() {
        Tally idle = tally(Arm.IDLE);
        Tally alone = tally(Arm.GOOD);
        Tally noise = tally(Arm.BAD);
        Tally both = tally(Arm.BOTH);
        double without = (alone.cpuPerSecond() - idle.cpuPerSecond()) / alone.goodPerSecond();
        double perBad = (noise.cpuPerSecond() - idle.cpuPerSecond()) / noise.badPerSecond();
        // Where the healer cannot take them all, fewer bad ones come beside good ones than alone.
        double with = (both.cpuPerSecond() - idle.cpuPerSecond() - perBad * both.badPerSecond()) / both.goodPerSecond();
        System.out.printf(
                "bad requests: %,.0f a second beside %,.0f good ones, healer on 2 processors; CPU %.1f us per bad one (%.0f %% of"
                        + " one processor), %.0f us per good one without and %.0f us with bad ones: x%.2f%n",
                both.badPerSecond(),
                both.goodPerSecond(),
                perBad * 1e6,
                100 * (noise.cpuPerSecond() - idle.cpuPerSecond()),
                without * 1e6,
                with * 1e6,
                with / without);
        for (double share : new double[] {0.5, 0.99}) {
            double from = alone.percentile(share).toNanos() / 1e6;
            double to = both.percentile(share).toNanos() / 1e6;
            System.out.printf(
                    "good ones, p%.0f: %.2f ms without, %.2f ms with: x%.2f%n", share * 100, from, to, to / from);
        }
        System.out.println(verdict(both, with / without));
    }

    /** A machine on which neither kind was sent as often as it was meant to be says nothing. */
    private static String verdict(Tally both, double ratio) {
        if (both.badPerSecond() < 0.95 * BAD_A_SECOND || both.goodPerSecond() < 0.95 * GOOD_A_SECOND) {
            return "NOT MEASURED: the machine is too busy or too small, load average "
                    + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        }
        String moved = "bad ones change the CPU of a good one by a factor of %.2f, at most %.1f is wanted"
                .formatted(ratio, MOST);
        return (ratio <= MOST ? "PASSED: " : "FAILED: ") + moved;
    }

    private Tally tally(Arm arm) {
        return tallies.getOrDefault(arm, new Tally());
    }

    /** Where the time of bad ones goes. */
    @SuppressWarnings("SystemOut") // A program for a person at a terminal.
    private void byKind() throws InterruptedException, ExecutionException {
        for (BadRequest kind : ALL) {
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            ThreadTimes before = ThreadTimes.of(healer.pid());
            // The kind that takes connections would use up the ports of this machine.
            long sent = sendBad(end, kind == BadRequest.OVERSIZED ? BAD_A_SECOND / 10 : BAD_A_SECOND, List.of(kind));
            ThreadTimes spent = ThreadTimes.of(healer.pid()).since(before);
            System.out.printf(
                    "%-13s %d: %.1f us of CPU each (network %.1f, workers %.1f, JVM %.1f, others %.1f), n=%,d%n",
                    kind.word(),
                    kind.status(),
                    spent.all() / 1e3 / sent,
                    spent.of(ThreadTimes.NETWORK) / 1e3 / sent,
                    spent.of(ThreadTimes.WORKERS) / 1e3 / sent,
                    spent.of(ThreadTimes.JVM) / 1e3 / sent,
                    spent.of(ThreadTimes.OTHERS) / 1e3 / sent,
                    sent);
        }
    }
}
