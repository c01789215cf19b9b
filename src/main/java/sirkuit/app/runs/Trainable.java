package sirkuit.app.runs;

/// What a run trains, as the user chooses it.
public enum Trainable {
    SELECTED("These heads"),
    ALL_HEADS("All heads"),
    NORMS("Norms only"),
    FULL("Full fine-tuning");

    private final String words;

    Trainable(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
