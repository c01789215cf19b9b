package sirkuit.app.present;

import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.util.Subscription;
import sirkuit.app.look.Words;
import sirkuit.app.present.answer.BackgroundWork;
import sirkuit.app.present.answer.DelayedAction;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.runs.RunModel;
import sirkuit.app.work.EngineState;

/// A presentation: which page is shown, what the presenter sees beside it, and the work in the background.
public final class PresentModel implements AutoCloseable {
    private static final double NANOS_A_MINUTE = 60e9;

    private final LongSupplier nanoTime;
    private final long begun;
    private final Script script;
    private final ReadOnlyObjectWrapper<PageKind> page = new ReadOnlyObjectWrapper<>(PageKind.READ);
    private final BooleanProperty black = new SimpleBooleanProperty();
    private final BooleanProperty overview = new SimpleBooleanProperty();
    private final BooleanProperty notes = new SimpleBooleanProperty();
    private final BooleanProperty clock = new SimpleBooleanProperty();
    private final BackgroundWork backstage;
    private final AskModel ask;
    private final PartsModel parts;
    private final TeachModel teach;
    private final ForgettingModel kept;
    private final PresentedProject subject;
    private final Subscription ofEngine;

    public PresentModel(PresentedProject subject, Script script, DelayedAction patience, LongSupplier nanoTime) {
        this.subject = subject;
        this.nanoTime = nanoTime;
        begun = nanoTime.getAsLong();
        this.script = script;
        backstage = new BackgroundWork(subject.engine());
        ask = new AskModel(subject, patience, backstage, script);
        parts = new PartsModel(subject);
        teach = new TeachModel(subject, patience, script.rehearsal(), this::learned);
        kept = new ForgettingModel(subject, backstage, script.rehearsal(), teach::learned);
        ofEngine = subject.engine().state().subscribe(state -> {
            if (state instanceof EngineState.Ready) {
                ask.retry();
                backstage.goOn();
            }
        });
        ask.rehearse();
        ask.show(0);
        kept.refresh();
    }

    public PresentedProject subject() {
        return subject;
    }

    public ReadOnlyObjectProperty<PageKind> page() {
        return page.getReadOnlyProperty();
    }

    /// The texts of a page, for the run that it shows now.
    public PageTexts texts(PageKind kind) {
        RunModel shown =
                switch (kind) {
                    case TEACH -> teach.run().get();
                    case KEPT -> kept.shown();
                    default -> null;
                };
        String variant = kind == PageKind.KEPT ? kept.variant() : "";
        int heads = kind == PageKind.OFF ? ask.offCount() : subject.partsOf(shown);
        return PageTexts.of(kind, script.texts(), subject, script.pairs(), variant, heads, shown);
    }

    /// Whether the screen is black.
    public BooleanProperty black() {
        return black;
    }

    /// Whether the overview of the pages is shown.
    public BooleanProperty overview() {
        return overview;
    }

    /// Whether the presenter's notes are shown.
    public BooleanProperty notes() {
        return notes;
    }

    /// Whether the clock is shown.
    public BooleanProperty clock() {
        return clock;
    }

    public AskModel ask() {
        return ask;
    }

    public PartsModel parts() {
        return parts;
    }

    public TeachModel teach() {
        return teach;
    }

    public ForgettingModel kept() {
        return kept;
    }

    public void next() {
        go(page.get().ordinal() + 1);
    }

    public void back() {
        go(page.get().ordinal() - 1);
    }

    /// Shows a page, and no overview.
    public void go(PageKind to) {
        overview.set(false);
        go(to.ordinal());
    }

    public void first() {
        go(0);
    }

    public void last() {
        go(PageKind.values().length - 1);
    }

    /// Elapsed time, and the planned time at the end of this page: `3:12 / 4:00`.
    public String time() {
        double minutes = (nanoTime.getAsLong() - begun) / NANOS_A_MINUTE;
        return Words.of("present.clock", clock(minutes), plannedEnd(page.get()));
    }

    /// The time at which a page should end, since the beginning: `4:00`.
    public String plannedEnd(PageKind kind) {
        return clock(planned(kind));
    }

    private double planned(PageKind until) {
        double planned = 0;
        for (PageKind kind : PageKind.values()) {
            planned += kind.compareTo(until) <= 0 ? texts(kind).minutes() : 0;
        }
        return planned;
    }

    /// Whether this page has taken longer than planned.
    public boolean late() {
        return (nanoTime.getAsLong() - begun) / NANOS_A_MINUTE > planned(page.get());
    }

    @Override
    public void close() {
        ofEngine.unsubscribe();
        ask.close();
        teach.close();
        backstage.close();
    }

    private void go(int to) {
        black.set(false);
        PageKind wanted = PageKind.values()[Math.clamp(to, 0, PageKind.values().length - 1)];
        if (wanted == page.get()) {
            return;
        }
        ask.settle();
        page.set(wanted);
        switch (wanted) {
            case PARTS -> parts.restart();
            case TEACH -> teach.enter();
            case KEPT -> kept.refresh();
            default -> {}
        }
    }

    private void learned() {
        kept.refresh();
    }

    private static String clock(double minutes) {
        long seconds = Math.round(60 * minutes);
        return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    }
}
