package sirkuit.app.shell;

import static sirkuit.app.shell.BenchFrames.onWindow;
import static sirkuit.app.shell.BenchFrames.pause;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import sirkuit.app.preferences.Preferences;
import sirkuit.app.session.ShellModel;
import sirkuit.app.work.Notices;
import sirkuit.app.work.Threads;
import sirkuit.app.work.WindowEngine;
import sirkuit.app.workbench.WorkbenchModel;
import sirkuit.protocol.Event;

/// Times the whole window, with an engine that answers at once. Not a test: run it by hand, without a display, with
/// `-Dglass.platform=Headless -Dprism.order=sw -Djava.awt.headless=true` and the launcher's options.
///
/// Arguments choose what is timed: `open`, `drag`, `live`, `studies`, `use`; none for all but the last.
final class WindowBench {
    private static final int LAYERS = 80;
    private static final int HEADS = 64;
    private static final int RUNS = 200;
    private static final int HOUR = 50 * 3600;

    private final Path place;
    private final BenchEngine engine;
    private final Threads threads = Threads.behind(BenchFrames::later);
    private final Stage stage = new Stage();
    private final ShellModel shell;

    private WindowBench(Path place, int layers, int heads) {
        this.place = place;
        engine = new BenchEngine(layers, heads);
        Notices notices = new Notices();
        shell = new ShellModel(
                new WindowEngine(s -> engine, notices), notices, threads, Preferences.NONE, place.resolve("config"));
        MainWindow window = new MainWindow(stage, shell, threads, folder -> {});
        BenchFrames.watch(stage.getScene());
        window.show();
    }

    @SuppressWarnings("SystemOut") // what it is for
    public static void main(String[] arguments) throws Exception {
        List<String> wanted = arguments.length == 0 ? List.of("open", "drag", "live", "studies") : List.of(arguments);
        CountDownLatch up = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        Platform.startup(up::countDown);
        up.await();
        for (String what : wanted) {
            Path place = Files.createTempDirectory("sirkuit-bench");
            try {
                switch (what) {
                    case "open" -> open(place);
                    case "drag" -> drag(place);
                    case "live" -> {
                        live(place.resolve("few"), 5);
                        live(place.resolve("many"), RUNS);
                    }
                    case "studies" -> studies(place);
                    case "use" -> use(place);
                    default -> System.err.println("open, drag, live, studies or use, not " + what);
                }
            } finally {
                remove(place);
            }
        }
        Platform.exit();
    }

    /// A project with many runs and scores, until all of it is shown; the first time, and in the warm program.
    private static void open(Path place) throws IOException {
        BenchProject.write(place.resolve("project"), 12, 12, RUNS, 20, 120, true);
        WindowBench bench = shown(place, 12, 12);
        for (int i = 1; i <= 4; i++) {
            long start = System.nanoTime();
            BenchFrames.Seen seen = BenchFrames.during(() -> bench.openProject(RUNS, 20));
            say(
                    "opening %d runs and 20 scores, time %d: %.0f ms; %s",
                    RUNS, i, (System.nanoTime() - start) / 1e6, seen);
            onWindow(bench.shell::leave);
            pause(500);
        }
        bench.end();
    }

    /// Ten studies of a hundred runs each, opened and shown as a tab, and their table scrolled with all lines open.
    private static void studies(Path place) throws IOException {
        BenchProject.write(place.resolve("project"), 12, 12, 0, 4, 120, false);
        BenchProject.writeStudies(place.resolve("project"), 10, 20, 12, 12);
        WindowBench bench = shown(place, 12, 12);
        for (int i = 1; i <= 3; i++) {
            long start = System.nanoTime();
            BenchFrames.Seen opening = BenchFrames.during(() -> {
                bench.openProject(1000, 4);
                bench.showRuns();
            });
            say("opening 1000 runs in 10 studies, time %d: %.0f ms; %s", i, (System.nanoTime() - start) / 1e6, opening);
            pause(1500); // the plots
            say("scrolling the table, time %d: %s", i, BenchFrames.during(bench::scroll));
            onWindow(bench.shell::leave);
            pause(500);
        }
        bench.end();
    }

    private void showRuns() {
        showRuns(10);
    }

    private void showRuns(int least) {
        TabPane pane = (TabPane) find("#centre-tabs");
        onWindow(() -> pane.getTabs().stream()
                .filter(t -> "runs-tab".equals(t.getId()))
                .forEach(pane.getSelectionModel()::select));
        until(() -> find("#runs-table") instanceof TreeTableView<?> table && table.getExpandedItemCount() >= least);
    }

    private void scroll() {
        TreeTableView<?> table = (TreeTableView<?>) find("#runs-table");
        onWindow(() -> {
            table.getRoot().getChildren().forEach(study -> {
                study.setExpanded(true);
                study.getChildren().forEach(strategy -> strategy.setExpanded(true));
            });
        });
        pause(300);
        int[] lines = {0};
        onWindow(() -> lines[0] = table.getExpandedItemCount());
        for (int at = 0; at < lines[0]; at += 5) {
            int to = at;
            onWindow(() -> table.scrollTo(to));
            pause(8);
        }
        say("%d lines", lines[0]);
    }

    /// Painting heads and dragging the slider over a model of 80 layers x 64 heads.
    private static void drag(Path place) throws IOException {
        BenchProject.write(place.resolve("project"), LAYERS, HEADS, 5, 4, 120, false);
        WindowBench bench = shown(place, LAYERS, HEADS);
        bench.openProject(5, 4);
        pause(1000);
        for (int i = 1; i <= 4; i++) {
            say("painting over 80 x 64 heads, stroke %d: %s", i, BenchFrames.during(() -> bench.paint(200)));
        }
        for (int i = 1; i <= 4; i++) {
            say("dragging the slider over 80 x 64 heads, time %d: %s", i, BenchFrames.during(() -> bench.slide(200)));
        }
        bench.end();
    }

    /// A run that tells fifty steps a second for an hour, told in some twenty seconds.
    private static void live(Path place, int runs) throws IOException {
        BenchProject.write(place.resolve("project"), 12, 12, runs, 4, 120, true);
        WindowBench bench = shown(place, 12, 12);
        bench.openProject(runs, 4);
        pause(1000);
        double before = heap();
        Consumer<Event> run = bench.start("Live");
        List<Event> events = BenchProject.events("Live", HOUR, 500, new Random(2));
        int half = events.size() / 2;
        say("an hour beside %d runs, accuracy: %s", runs, BenchFrames.during(() -> tell(run, events.subList(0, half))));
        bench.showRuns(1);
        onWindow(() -> ((ToggleButton) bench.find("#loss-view")).fire());
        pause(500);
        say(
                "an hour beside %d runs, loss: %s",
                runs, BenchFrames.during(() -> tell(run, events.subList(half, events.size()))));
        events.clear();
        pause(500);
        say("memory for the hour: %.1f MB", heap() - before);
        bench.end();
    }

    /// Thousands of what people do, with the memory after each round: it should not grow.
    private static void use(Path place) throws IOException {
        BenchProject.write(place.resolve("project"), 24, 16, 50, 8, 120, true);
        WindowBench bench = shown(place, 24, 16);
        int runs = 50;
        int scores = 8;
        for (int round = 1; round <= 12; round++) {
            bench.openProject(runs, scores);
            for (int i = 0; i < 3; i++) {
                bench.paint(40);
                bench.slide(20);
                bench.tabs();
                onWindow(() -> bench.open().mask().undo());
            }
            onWindow(() -> bench.open().relevance().score());
            scores++;
            Consumer<Event> run = bench.start("Used " + round);
            tell(run, BenchProject.events("Used", 2000, 100, new Random(round)));
            runs++;
            onWindow(bench.shell::toggleTheme);
            pause(500);
            say("round %d: %.0f MB of heap in use, %.0f MB resident", round, heap(), resident());
            onWindow(bench.shell::leave);
            pause(200);
        }
        bench.end();
    }

    private static WindowBench shown(Path place, int layers, int heads) {
        WindowBench[] made = new WindowBench[1];
        onWindow(() -> made[0] = new WindowBench(place, layers, heads));
        pause(1500);
        return made[0];
    }

    private void openProject(int runs, int scores) {
        onWindow(() -> shell.open(place.resolve("project")));
        until(() -> {
            WorkbenchModel open = shell.workbench().get();
            return open != null
                    && open.runs().runs().size() == runs
                    && open.scores().size() == scores
                    && open.exploring().shelf().latest().size() == 4
                    && open.heatmap().scores().get() != null
                    && open.checkpoint().inspected().get() != null;
        });
        CountDownLatch drawn = new CountDownLatch(1);
        onWindow(() -> stage.getScene().addPostLayoutPulseListener(drawn::countDown));
        onWindow(Platform::requestNextPulse);
        try {
            drawn.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        onWindow(() -> {});
    }

    private WorkbenchModel open() {
        return shell.workbench().get();
    }

    /// Starts a run and hands over whom its events are told.
    private Consumer<Event> start(String name) {
        onWindow(() -> open().runs()
                .start(BenchProject.config(
                        open().project(),
                        open().mask().mask().get().layers(),
                        open().mask().mask().get().heads(),
                        name)));
        for (int i = 0; i < 500; i++) {
            Consumer<Event> run = engine.run();
            if (run != null) {
                return run;
            }
            pause(10);
        }
        throw new IllegalStateException("the run was not started");
    }

    private static void tell(Consumer<Event> run, List<Event> events) {
        int told = 0;
        for (Event event : events) {
            BenchFrames.later(() -> run.accept(event));
            if (++told % 100 == 0) {
                pause(10);
            }
        }
        onWindow(() -> {});
    }

    private void paint(int moves) {
        Node heatmap = find("#heatmap");
        fire(heatmap, MouseEvent.MOUSE_PRESSED, 0);
        for (int i = 1; i <= moves; i++) {
            fire(heatmap, MouseEvent.MOUSE_DRAGGED, (double) i / moves);
            pause(8); // as a mouse does
        }
        fire(heatmap, MouseEvent.MOUSE_RELEASED, 1);
    }

    private static void fire(Node node, javafx.event.EventType<MouseEvent> type, double at) {
        onWindow(() -> {
            var box = node.getLayoutBounds();
            // Down and up over the cells from left to right.
            double x = 60 + (box.getWidth() - 200) * at;
            double y = 50 + (box.getHeight() - 120) * (0.5 + 0.5 * Math.sin(12 * at));
            var scene = node.localToScene(x, y);
            node.fireEvent(new MouseEvent(
                    type,
                    scene.getX(),
                    scene.getY(),
                    scene.getX(),
                    scene.getY(),
                    MouseButton.PRIMARY,
                    1,
                    false,
                    false,
                    false,
                    false,
                    type != MouseEvent.MOUSE_RELEASED,
                    false,
                    false,
                    true,
                    false,
                    false,
                    null));
        });
    }

    private void slide(int moves) {
        onWindow(() -> ((ToggleButton) find("#strategy-top-k")).fire());
        Slider slider = (Slider) find("#k-slider");
        onWindow(() -> slider.setValueChanging(true));
        for (int i = 1; i <= moves; i++) {
            double share = (double) i / moves;
            onWindow(() -> slider.setValue(share * slider.getMax()));
            pause(8);
        }
        onWindow(() -> slider.setValueChanging(false));
    }

    /// Shows each tab once, and the heatmap again.
    private void tabs() {
        for (String id : List.of("#centre-tabs", "#side-tabs")) {
            TabPane pane = (TabPane) find(id);
            for (int i = pane.getTabs().size() - 1; i >= 0; i--) {
                int at = i;
                onWindow(() -> pane.getSelectionModel().select(at));
                pause(2);
            }
        }
    }

    private Node find(String selector) {
        return stage.getScene().lookup(selector);
    }

    private void until(BooleanSupplier condition) {
        AtomicBoolean met = new AtomicBoolean();
        for (int i = 0; i < 10_000 && !met.get(); i++) {
            onWindow(() -> met.set(condition.getAsBoolean()));
            pause(5);
        }
        if (!met.get()) {
            throw new IllegalStateException(
                    "not shown within a minute; told: " + shell.notices().open());
        }
    }

    private void end() {
        onWindow(() -> {
            shell.close();
            stage.close();
        });
        threads.close();
    }

    /// Heap in use after a collection, in MB.
    private static double heap() {
        onWindow(System::gc);
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    /// Memory of this process that the system holds, in MB; 0 where that is not told.
    private static double resident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmRSS"))
                    .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", "")) / 1000)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String words, Object... values) {
        System.out.println(String.format(Locale.ROOT, words, values));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
