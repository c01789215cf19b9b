package sirkuit.engine.worker;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import sirkuit.protocol.Event;
import sirkuit.protocol.Stage;

/// A process that sends two events and, between them, prints from Java and from C.
public final class NoisyProcess {
    private NoisyProcess() {}

    public static void main(String[] args) throws Throwable {
        ProtocolOutput output = ProtocolOutput.claim();
        output.send(1, new Event.Progress(Stage.SCORING, 1, 2));
        System.out.println("printed by Java");
        System.out.flush();
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            var puts = linker.downcallHandle(
                    linker.defaultLookup().find("puts").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            int said = (int) puts.invokeExact(arena.allocateFrom("printed by C"));
            var flush = linker.downcallHandle(
                    linker.defaultLookup().find("fflush").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            int flushed = (int) flush.invokeExact(MemorySegment.NULL);
            if (said < 0 || flushed != 0) {
                System.exit(3);
            }
        }
        output.send(1, new Event.Progress(Stage.SCORED, 2, 2));
    }
}
