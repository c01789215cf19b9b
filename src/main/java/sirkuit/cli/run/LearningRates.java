package sirkuit.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.cli.shared.OptionRange;
import sirkuit.record.Defaults;
import sirkuit.record.RunConfig;
import sirkuit.study.StudyStrategy;

/// Reads `--learning-rates`: `full=1e-5,5e-5;heads=5e-4,1e-3`, one list for all, or `auto`.
///
/// @param byName lists of rates, by the name of a strategy, as it is given or as the study calls it; `heads` for every
///               one with a mask, and [#ALL] for all
record LearningRates(Map<String, String> byName) {
    private static final String HEADS = "heads";
    private static final String ALL = "";
    private static final String AUTO = "auto";

    /// @param text null for none
    /// @throws Problem when a part names no strategy, or one is named twice
    static LearningRates of(@Nullable String text) {
        Map<String, String> byName = new LinkedHashMap<>();
        List<String> parts = text == null
                ? List.of()
                : Arrays.stream(text.split(";")).map(String::strip).toList();
        for (String part : parts) {
            int at = part.lastIndexOf('=');
            if (at < 1 && parts.size() > 1 || at == 0) {
                throw Problem.of("cli.rates-without-name", part);
            }
            String name = at < 0 ? ALL : part.substring(0, at).strip();
            if (byName.put(name, part.substring(at + 1)) != null) {
                throw Problem.of("study.named-twice", "strategy", name);
            }
        }
        return new LearningRates(byName);
    }

    /// The strategies with their rates. Those that are not named keep the rate they have.
    ///
    /// @param words what the user calls each of them
    /// @throws Problem when a name is of none of them, or a rate is no number, not positive or given twice
    List<StudyStrategy> on(List<String> words, List<StudyStrategy> strategies) {
        Set<String> unused = new TreeSet<>(byName.keySet());
        unused.remove(ALL);
        List<StudyStrategy> all = new ArrayList<>();
        for (int i = 0; i < strategies.size(); i++) {
            StudyStrategy strategy = strategies.get(i);
            boolean masked = strategy.what() == RunConfig.Trained.MASK;
            List<String> names = masked
                    ? List.of(words.get(i), strategy.name(), HEADS, ALL)
                    : List.of(words.get(i), strategy.name(), ALL);
            names.forEach(unused::remove);
            String rates = names.stream()
                    .map(byName::get)
                    .filter(list -> list != null)
                    .findFirst()
                    .orElse(null);
            all.add(rates == null ? strategy : at(strategy, rates));
        }
        if (!unused.isEmpty()) {
            throw Problem.of("cli.rates-of-no-strategy", unused.iterator().next(), String.join(", ", words));
        }
        return List.copyOf(all);
    }

    private static StudyStrategy at(StudyStrategy strategy, String list) {
        if (list.strip().equals(AUTO)) {
            return strategy.at(Defaults.rates(strategy.what()));
        }
        List<Double> rates = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .map(LearningRates::number)
                .toList();
        return OptionRange.of(Map.of("learningRate", "--learning-rates"), () -> strategy.at(rates));
    }

    private static Double number(String word) {
        try {
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw Problem.of(e, "cli.rate-not-a-number", word);
        }
    }
}
