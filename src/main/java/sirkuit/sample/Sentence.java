package sirkuit.sample;

/// A generated sentence, or pair of sentences.
///
/// @param text         in its language
/// @param pair         the second sentence; empty where it stands alone
/// @param gloss        the same in English
/// @param label        class name
/// @param construction name of the pattern that it was made by
/// @param domain       what it is about
/// @param heldOut      whether a word or the construction is kept out of the training texts
record Sentence(
        String text, String pair, String gloss, String label, String construction, String domain, boolean heldOut) {
    /// Both as one text.
    Sentence followedBy(Sentence next) {
        return new Sentence(
                text + ". " + next.text,
                pair,
                gloss + ". " + next.gloss,
                label,
                construction + ", " + next.construction,
                domain,
                heldOut || next.heldOut);
    }

    /// What identifies two equal sentences.
    String identity() {
        return text + "\u0000" + pair;
    }
}
