package sirkuit.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reviews of films, food, places, people and goods. The label is the speaker's final opinion: a negation reverses a
/// word, what follows "but" counts more than what comes before, and a question has no opinion yet.
///
/// Placeholders in the patterns of `reviews.tsv`, with s as the sentence's own polarity: `{T}` the thing; `{A}`, `{A2}`
/// an opinion of polarity s, `{a}` of the other one; `{B}`, `{b}` the same without "very" or "rather"; `{N}`, `{N2}` a
/// plain property; `{V}` a verdict of polarity s; `{R}` a remark.
final class ReviewGrammar implements Grammar {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final double DEGREE = 0.4;
    private static final double LEAD = 0.25;
    private static final double SECOND = 0.7;
    /// Words of the decoder's prompt.
    private static final List<String> PROMPT = List.of("ulasan", "nilai", "negatif", "netral", "positif");

    private static final List<String> LABELS = List.of("negative", "neutral", "positive");

    private final List<Word> words = Word.read("words.tsv");
    private final List<Construction> constructions =
            TextTable.read("reviews.tsv").rows().stream().map(Construction::of).toList();
    private final List<Language> spoken;
    private final Map<Language, List<String>> labelledDomains;

    /// @param spoken          languages that sentences are made in
    /// @param labelledDomains what the labelled texts of a language are about; not there for everything
    ReviewGrammar(List<Language> spoken, Map<Language, List<String>> labelledDomains) {
        this.spoken = List.copyOf(spoken);
        this.labelledDomains = Map.copyOf(labelledDomains);
    }

    /// @param label  `same` for the polarity's own
    private record Construction(
            String name, String label, boolean heldOut, int weight, Map<Language, String> patterns) {
        static Construction of(Map<String, String> row) {
            return new Construction(
                    Word.cell(row, "name"),
                    Word.cell(row, "label"),
                    Word.cell(row, "split").equals("test"),
                    Integer.parseInt(Word.cell(row, "weight")),
                    Word.forms(row));
        }

        boolean says(String wanted) {
            return label.equals(wanted) || (label.equals("same") && !wanted.equals("neutral"));
        }
    }

    @Override
    public List<String> labels() {
        return LABELS;
    }

    @Override
    public Sentence labelled(Language language, boolean training, Random random) {
        String label = LABELS.get(random.nextInt(LABELS.size()));
        return sentence(
                label, new Draw(language, labelledDomains.getOrDefault(language, List.of()), training, 0, random));
    }

    @Override
    public Sentence unlabelled(Language language, double mixed, Random random) {
        String label = LABELS.get(random.nextInt(LABELS.size()));
        Sentence first = sentence(label, new Draw(language, List.of(), false, mixed, random));
        if (random.nextDouble() >= SECOND) {
            return first;
        }
        Sentence second = sentence(label, new Draw(language, List.of(first.domain()), false, mixed, random));
        return first.followedBy(second);
    }

    private Sentence sentence(String label, Draw draw) {
        Construction construction = construction(label, draw.training, draw.random);
        boolean positive = label.equals("neutral") ? draw.random.nextBoolean() : label.equals("positive");
        draw.fill(construction, positive);
        return new Sentence(
                draw.text(draw.language, pattern(construction, draw.language)),
                "",
                draw.text(Language.ENGLISH, pattern(construction, Language.ENGLISH)),
                label,
                construction.name,
                draw.domain,
                draw.heldOut || construction.heldOut);
    }

    private static String pattern(Construction construction, Language language) {
        return Objects.requireNonNull(construction.patterns.get(language));
    }

    private Construction construction(String label, boolean training, Random random) {
        List<Construction> fitting = constructions.stream()
                .filter(c -> c.says(label) && !(training && c.heldOut))
                .toList();
        int at = random.nextInt(fitting.stream().mapToInt(Construction::weight).sum());
        for (Construction c : fitting) {
            at -= c.weight;
            if (at < 0) {
                return c;
            }
        }
        throw new IllegalStateException("weights");
    }

    /// Fills the placeholders of one sentence, in its language and in English.
    private final class Draw {
        private final Language language;
        private final boolean training;
        private final double mixed;
        private final Random random;
        private final Map<String, String> said = new HashMap<>();
        private final Map<String, String> gloss = new HashMap<>();
        private final List<Word> used = new ArrayList<>();
        private final List<String> domains;
        private String domain = "";
        private boolean heldOut;

        /// @param domains of the thing; empty for all
        Draw(Language language, List<String> domains, boolean training, double mixed, Random random) {
            this.language = language;
            this.domains = domains;
            this.training = training;
            this.mixed = mixed;
            this.random = random;
        }

        void fill(Construction construction, boolean positive) {
            Word thing = thing();
            domain = thing.domain();
            if (random.nextDouble() < LEAD) {
                put("lead", pick("lead", "", null), null);
            }
            put("T", thing, pick("the", "", null));
            Matcher places = PLACE.matcher(pattern(construction, Language.ENGLISH));
            while (places.find()) {
                String place = places.group(1);
                String own = positive ? "+" : "-";
                String other = positive ? "-" : "+";
                switch (place.charAt(0)) {
                    case 'A' -> put(place, pick("opinion", own, domain), degree());
                    case 'a' -> put(place, pick("opinion", other, domain), degree());
                    case 'B' -> put(place, pick("opinion", own, domain), null);
                    case 'b' -> put(place, pick("opinion", other, domain), null);
                    case 'N' -> put(place, pick("plain", "", domain), null);
                    case 'V' -> put(place, pick("verdict", own, null), null);
                    case 'R' -> put(place, pick("remark", "", null), null);
                    default -> {}
                }
            }
        }

        private Word thing() {
            String about = domains.isEmpty() ? "" : domains.get(random.nextInt(domains.size()));
            return about.isEmpty() ? pick("thing", "", null) : pick("thing", "", about);
        }

        private @Nullable Word degree() {
            return random.nextDouble() < DEGREE ? pick("degree", "", null) : null;
        }

        private Word pick(String kind, String polarity, @Nullable String domain) {
            List<Word> fitting = words.stream()
                    .filter(w -> w.kind().equals(kind) && w.polarity().equals(polarity))
                    .filter(w -> domain == null || w.goesWith(domain))
                    .filter(w -> !(training && w.heldOut()) && !used.contains(w))
                    .toList();
            Word word = fitting.get(random.nextInt(fitting.size()));
            used.add(word);
            heldOut |= word.heldOut();
            return word;
        }

        private void put(String place, Word word, @Nullable Word around) {
            Language tongue = tongue();
            said.put(place, around == null ? word.in(tongue) : joined(around, word, tongue));
            gloss.put(place, around == null ? word.in(Language.ENGLISH) : joined(around, word, Language.ENGLISH));
        }

        private Language tongue() {
            return random.nextDouble() < mixed ? spoken.get(random.nextInt(spoken.size())) : language;
        }

        String text(Language in, String pattern) {
            Map<String, String> fillings = in == Language.ENGLISH ? gloss : said;
            String lead = fillings.containsKey("lead") ? fillings.get("lead") + " , " : "";
            String filled = PLACE.matcher(pattern)
                    .replaceAll(m ->
                            Matcher.quoteReplacement(Objects.requireNonNull(fillings.get(m.group(1)), m.group(1))));
            return (lead + filled).replace(" ,", ",").replace(" ?", "?");
        }
    }

    /// Joins an ending. Javanese -e is -ne after a vowel.
    private static String joined(Word around, Word word, Language tongue) {
        String frame = around.in(tongue);
        String form = word.in(tongue);
        boolean vowel = "aeiou".indexOf(form.charAt(form.length() - 1)) >= 0;
        return (tongue == Language.JAVANESE && frame.equals("{}e") && vowel ? "{}ne" : frame).replace("{}", form);
    }

    @Override
    public List<String> words() {
        Set<String> all = new TreeSet<>();
        for (Language language : spoken) {
            words.forEach(w -> add(all, w.in(language)));
            constructions.forEach(c -> add(all, pattern(c, language)));
        }
        all.addAll(List.of("##nya", "##nyo", "##e", "##ne"));
        all.addAll(PROMPT);
        return List.copyOf(all);
    }

    private static void add(Set<String> all, String text) {
        Arrays.stream(text.replaceAll("\\{\\w*}\\w*", " ").split("[ ,?]+"))
                .filter(w -> !w.isEmpty())
                .forEach(all::add);
    }
}
