package sirkuit.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sirkuit.protocol.Event;
import sirkuit.protocol.Quality;

/// Accuracy by step of one run on one kind of texts.
///
/// @param name   of the language or task
/// @param places by step
public record AccuracyCurve(String name, LineStyle style, List<Place> places) {
    /// @param step    after which it was evaluated
    /// @param quality what came of it
    public record Place(int step, Quality quality) {
        /// In percent.
        public double accuracy() {
            return 100 * quality.accuracy();
        }

        /// The low end of the 95 % interval, in percent.
        public double low() {
            return 100 * quality.low();
        }

        /// The high end of the 95 % interval, in percent.
        public double high() {
            return 100 * quality.high();
        }
    }

    public AccuracyCurve {
        places = List.copyOf(places);
    }

    /// The target is solid, the source dashed, watched languages are dotted.
    ///
    /// @param watched names of the watched languages
    public static List<AccuracyCurve> of(
            List<Event.Evaluated> evaluations, String target, String source, Collection<String> watched) {
        List<AccuracyCurve> curves = new ArrayList<>();
        curves.add(curve(target, LineStyle.SOLID, evaluations, Event.Evaluated::learnt));
        curves.add(curve(source, LineStyle.DASHED, evaluations, Event.Evaluated::source));
        for (String name : watched) {
            curves.add(
                    curve(name, LineStyle.DOTTED, evaluations, e -> e.watched().get(name)));
        }
        return List.copyOf(curves);
    }

    private static AccuracyCurve curve(
            String name,
            LineStyle style,
            List<Event.Evaluated> evaluations,
            Function<Event.Evaluated, @Nullable Quality> of) {
        List<Place> places = new ArrayList<>();
        for (Event.Evaluated e : evaluations) {
            Quality quality = of.apply(e);
            if (quality != null) {
                places.add(new Place(e.step(), quality));
            }
        }
        return new AccuracyCurve(name, style, places);
    }

    /// After that step; null when it was not evaluated then.
    public @Nullable Place at(int step) {
        return places.stream().filter(p -> p.step == step).findFirst().orElse(null);
    }

    /// The accuracies in it, in percent, besides those in `others`.
    public Span seen(Span others) {
        Span all = others;
        for (Place p : places) {
            all = all.with(p.accuracy());
        }
        return all;
    }
}
