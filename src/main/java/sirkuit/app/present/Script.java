package sirkuit.app.present;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.app.present.script.AudienceNames;
import sirkuit.app.present.script.PresentFile;
import sirkuit.app.work.Threads;
import sirkuit.presentation.GivenText;
import sirkuit.presentation.GlossedText;
import sirkuit.project.Project;
import sirkuit.record.ProjectFile;

/// What a presentation starts from, read from the project's folder.
///
/// @param texts    the presenter's own texts
/// @param problem  why those could not be read; null if they could
/// @param pairs    whether the task is about two sentences
/// @param examples   the presenter's own, to pick from; empty for some of the candidates
/// @param candidates source texts among which the program finds examples; empty if the presenter gave some
/// @param glosses  what sentences mean, where the data says so
public record Script(
        PresentFile texts,
        @Nullable Problem problem,
        boolean pairs,
        List<GivenText> examples,
        List<GlossedText> candidates,
        Map<GivenText, String> glosses,
        Rehearsal rehearsal) {
    private static final int MOST_GLOSSES = 20_000;

    /// Reads two files of texts, which takes time.
    public static Script read(Project project, ProjectFile file, Threads threads) {
        PresentFile texts = PresentFile.NONE;
        Problem problem = null;
        try {
            texts = PresentFile.read(project.folder());
        } catch (Problem bad) {
            problem = bad;
        }
        String gloss = texts.gloss() == null ? glossColumn() : texts.gloss();
        List<GlossedText> held = GlossedText.read(file.source().test(), MOST_GLOSSES, gloss);
        List<GlossedText> others = file.target() == null
                ? List.of()
                : GlossedText.read(file.target().test(), MOST_GLOSSES, gloss);
        Map<GivenText, String> glosses = new HashMap<>();
        Stream.concat(held.stream(), others.stream())
                .filter(t -> t.gloss() != null)
                .forEach(
                        t -> glosses.putIfAbsent(new GivenText(t.text(), t.pair()), Objects.requireNonNull(t.gloss())));
        Rehearsal rehearsal =
                Rehearsal.read(project.folder(), project.file().checkpoint(), project.readOnly(), threads);
        boolean pairs = file.source().test().pairColumn() != null;
        List<String> single = pairs
                ? texts.examples().stream()
                        .filter(e -> GivenText.of(e, true).open())
                        .toList()
                : List.of();
        if (!single.isEmpty()) {
            problem = Problem.plain(
                    Words.of("present.file.pair", PresentFile.NAME, single.getFirst()),
                    Words.of("present.file.pair.remedy"));
            texts = PresentFile.NONE;
        }
        List<GivenText> examples =
                texts.examples().stream().map(e -> GivenText.of(e, pairs)).toList();
        List<GlossedText> candidates = examples.isEmpty() ? GivenText.candidates(held) : List.of();
        return new Script(texts, problem, pairs, examples, candidates, glosses, rehearsal);
    }

    /// The names to show to the audience.
    public AudienceNames names() {
        return new AudienceNames(texts.labels(), texts.languages());
    }

    /// The column of meanings in the window's language.
    private static String glossColumn() {
        String language = Words.locale().getLanguage();
        return language.equals("en") ? GlossedText.COLUMN : GlossedText.COLUMN + "_" + language;
    }
}
