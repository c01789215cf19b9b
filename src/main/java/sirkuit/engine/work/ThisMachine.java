package sirkuit.engine.work;

import sirkuit.device.Backend;
import sirkuit.record.Provenance;

/// This machine, for provenance.
public final class ThisMachine {
    private ThisMachine() {}

    public static Provenance.Machine of(Backend backend) {
        return new Provenance.Machine(
                backend.deviceName(),
                backend.version(),
                backend.threads(),
                backend.libtorch(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"));
    }
}
