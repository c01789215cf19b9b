package sirkuit.tuning.order;

/// Seeds of epochs and steps, each computed from the run's seed and its number. So a run that resumes at step n needs
/// no generator state (decision 15).
public final class Seeds {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /// Seed of the order of the texts in an epoch.
    public static long ofEpoch(long seed, int epoch) {
        return mixed(mixed(seed) + GOLDEN * (2L * epoch + 1));
    }

    /// Seed of the dropout in a step.
    public static long ofStep(long seed, int step) {
        return mixed(mixed(seed) + GOLDEN * (2L * step + 2));
    }

    /// Seed of the order of the source texts in a pass over them.
    public static long ofReplay(long seed, int pass) {
        return mixed(mixed(seed ^ GOLDEN) + GOLDEN * (2L * pass + 1));
    }

    /// SplitMix64's finaliser (Steele, Lea and Flood 2014): it maps neighbouring numbers to very different ones.
    private static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
