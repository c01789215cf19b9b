package sirkuit.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Pairs of sentences in the style of XNLI, in Indonesian and Javanese. A premise says who did what to what, where or
/// when. The hypothesis says less (entailment), the opposite (contradiction) or something else (neutral).
final class InferenceGrammar implements Grammar {
    private static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");
    private static final List<Language> SPOKEN = List.of(Language.INDONESIAN, Language.JAVANESE);
    private static final double NEGATED = 0.25;
    private static final double PASSIVE = 0.3;

    private final List<Word> words = Word.read("scenes.tsv");
    private final List<SampleVerb> deeds =
            TextTable.read("deeds.tsv").rows().stream().map(SampleVerb::of).toList();

    @Override
    public List<String> labels() {
        return LABELS;
    }

    @Override
    public Sentence labelled(Language language, boolean training, Random random) {
        return new Draw(training, random).pair(LABELS.get(random.nextInt(LABELS.size())), language, language);
    }

    @Override
    public Sentence unlabelled(Language language, double mixed, Random random) {
        Language other = SPOKEN.get(random.nextInt(SPOKEN.size()));
        boolean both = random.nextDouble() < mixed;
        return new Draw(false, random)
                .pair(LABELS.get(random.nextInt(LABELS.size())), language, both ? other : language);
    }

    /// One hypothesis or premise.
    ///
    /// @param who null for somebody
    private record Scene(
            @Nullable Word who,
            SampleVerb deed,
            Word what,
            @Nullable Word where,
            @Nullable Word when,
            boolean not) {
        Scene with(@Nullable Word otherPlace, @Nullable Word otherTime) {
            return new Scene(who, deed, what, otherPlace, otherTime, not);
        }

        Scene doing(SampleVerb other) {
            return new Scene(who, other, what, where, when, not);
        }

        Scene by(@Nullable Word other) {
            return new Scene(other, deed, what, where, when, not);
        }

        Scene of(Word other) {
            return new Scene(who, deed, other, where, when, not);
        }

        Scene turned() {
            return new Scene(who, deed, what, where, when, !not);
        }

        String text(Language language, boolean passive) {
            String subject = who == null ? Phrases.someone(language) : who.in(language);
            String core = passive
                    ? Phrases.passive(language, what.in(language), deed, subject, not)
                    : Phrases.active(language, subject, deed, what.in(language), not);
            return core
                    + (where == null ? "" : " " + where.in(language))
                    + (when == null ? "" : " " + when.in(language));
        }
    }

    private final class Draw {
        private final boolean training;
        private final Random random;
        private boolean heldOut;

        Draw(boolean training, Random random) {
            this.training = training;
            this.random = random;
        }

        Sentence pair(String label, Language first, Language second) {
            Scene premise = premise();
            List<String> ways =
                    switch (label) {
                        case "entailment" -> List.of("less", "less", "kind", "someone");
                        case "neutral" -> List.of("more", "specific", "other-what", "other-who");
                        default -> premise.deed.opposite().isEmpty() ? List.of("not") : List.of("not", "opposite");
                    };
            String way = ways.get(random.nextInt(ways.size()));
            if (way.equals("less") && premise.where == null && premise.when == null) {
                way = "kind"; // there is nothing to leave out
            }
            if (premise.not && (way.equals("kind") || way.equals("someone") || way.equals("opposite"))) {
                way = label.equals("entailment") ? "same" : "not"; // with less information it need not be true
            }
            Scene start = way.equals("specific") ? premise.of(kind(premise.what)) : premise;
            if (way.equals("more")) {
                start = start.with(null, premise.when);
            }
            Scene hypothesis = hypothesis(way, start);
            boolean passive = random.nextDouble() < PASSIVE;
            return new Sentence(
                    start.text(first, false),
                    hypothesis.text(second, passive),
                    start.text(Language.ENGLISH, false) + ". " + hypothesis.text(Language.ENGLISH, passive),
                    label,
                    passive ? way + ", passive" : way,
                    premise.what.domain(),
                    heldOut);
        }

        private Scene premise() {
            Word what = pick("object", null, null);
            Word kind = what;
            List<SampleVerb> fitting = deeds.stream()
                    .filter(d -> d.domain().equals(Word.ANY) || d.domain().equals(kind.domain()))
                    .filter(d -> !(training && d.heldOut()))
                    .toList();
            SampleVerb deed = fitting.get(random.nextInt(fitting.size()));
            heldOut |= deed.heldOut();
            return new Scene(
                    pick("who", null, null),
                    deed,
                    what,
                    random.nextBoolean() ? pick("place", null, null) : null,
                    random.nextBoolean() ? pick("time", null, null) : null,
                    random.nextDouble() < NEGATED);
        }

        private Scene hypothesis(String way, Scene start) {
            return switch (way) {
                case "less" ->
                    start.not
                            ? start
                            : random.nextBoolean() ? start.with(null, start.when) : start.with(start.where, null);
                case "kind" -> start.with(null, null).of(kind(start.what));
                case "someone" -> start.by(null);
                case "more" -> start.with(pick("place", null, null), start.when);
                case "specific" -> start.of(pick("object", start.what.domain(), null));
                case "other-what" -> start.of(pick("object", null, start.what));
                case "other-who" -> start.by(pick("who", null, start.who));
                case "opposite" -> start.doing(named(start.deed.opposite())).with(null, start.when);
                case "not" -> start.turned();
                default -> start;
            };
        }

        private Word pick(String kind, @Nullable String domain, @Nullable Word but) {
            List<Word> fitting = words.stream()
                    .filter(w -> w.kind().equals(kind)
                            && (domain == null || w.domain().equals(domain)))
                    .filter(w -> !w.equals(but) && !(training && w.heldOut()))
                    .toList();
            Word word = fitting.get(random.nextInt(fitting.size()));
            heldOut |= word.heldOut();
            return word;
        }
    }

    private Word kind(Word what) {
        return words.stream()
                .filter(w -> w.kind().equals("kind") && w.domain().equals(what.domain()))
                .findFirst()
                .orElseThrow();
    }

    private SampleVerb named(String name) {
        return deeds.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public List<String> words() {
        Set<String> all = new TreeSet<>();
        for (Language language : SPOKEN) {
            words.forEach(w -> all.addAll(Arrays.asList(w.in(language).split(" "))));
            deeds.forEach(d -> d.forms(language).forEach(f -> all.addAll(Arrays.asList(f.split(" ")))));
            all.addAll(Phrases.words(language));
        }
        return new ArrayList<>(all);
    }
}
