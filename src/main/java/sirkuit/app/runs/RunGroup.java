package sirkuit.app.runs;

import sirkuit.app.look.Words;
import sirkuit.mask.HeadMask;
import sirkuit.project.RunConfig;

/// What kind of thing a run trains: by this runs are compared.
public enum RunGroup {
    FULL("full"),
    ALL_HEADS("all"),
    NORMS("norms"),
    TOP("top"),
    NEAR_ZERO("near"),
    RANDOM("random"),
    OTHER("other");

    private final String key;

    RunGroup(String key) {
        this.key = key;
    }

    /// What it is called.
    String words() {
        return Words.of("runs.group." + key);
    }

    static RunGroup of(RunConfig config) {
        HeadMask mask = config.mask();
        if (config.what() == RunConfig.Trained.FULL || mask == null) {
            return config.what() == RunConfig.Trained.FULL ? FULL : NORMS;
        }
        if (mask.size() == 0) {
            return NORMS;
        }
        if (mask.size() == mask.layers() * mask.heads()) {
            return ALL_HEADS;
        }
        String madeBy = mask.madeBy();
        if (madeBy.startsWith("top ")) {
            return TOP;
        }
        if (madeBy.startsWith("near-zero ")) {
            return NEAR_ZERO;
        }
        return madeBy.startsWith("random ") ? RANDOM : OTHER;
    }
}
