package sirkuit.app.present;

import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Words;
import sirkuit.app.present.script.PageKind;
import sirkuit.app.present.script.PresentFile;
import sirkuit.app.runs.RunModel;

/// The texts of one page: the presenter's own, or the built-in ones.
///
/// @param minutes planned time for the page
public record PageTexts(String title, String text, String notes, double minutes) {
    /// @param pairs whether the task is about two sentences
    /// @param variant ending of the key of the sentence, for what the page shows; empty for the usual one
    /// @param parts how many heads it is about
    /// @param shown the run that the page shows; null for none
    static PageTexts of(
            PageKind page,
            PresentFile file,
            PresentedProject subject,
            boolean pairs,
            String variant,
            int parts,
            @Nullable RunModel shown) {
        PresentFile.Page own = file.pages().get(page.id());
        boolean two = pairs && (page == PageKind.READ || page == PageKind.OFF);
        String said = page.id() + (two ? ".pairs" : "");
        Object[] facts = {
            subject.parts() + "",
            parts + "",
            subject.names().language(subject.sourceName(shown)),
            subject.names().language(subject.targetName(shown)),
        };
        return new PageTexts(
                own == null || own.title() == null
                        ? Words.of("present.title." + said, facts)
                        : filled(own.title(), facts),
                own == null || own.text() == null
                        ? Words.of("present.text." + said + variant, facts)
                        : filled(own.text(), facts),
                own == null || own.notes() == null
                        ? Words.of("present.notes." + said, facts)
                        : filled(own.notes(), facts),
                minutes(own, page));
    }

    private static double minutes(PresentFile.@Nullable Page own, PageKind page) {
        return own == null || own.minutes() == null ? page.minutes() : own.minutes();
    }

    private static String filled(String text, Object[] facts) {
        return text.replace("{parts}", facts[0].toString())
                .replace("{chosen}", facts[1].toString())
                .replace("{source}", facts[2].toString())
                .replace("{target}", facts[3].toString());
    }
}
