package sirkuit.app.work;

import sirkuit.engine.Event;

/// How the engine is, for the chip in the header.
public sealed interface EngineState {
    /// A word or two.
    String words();

    /// A sentence for the tooltip.
    String sentence();

    /// Not asked for yet, or on its way.
    record Starting() implements EngineState {
        @Override
        public String words() {
            return "Engine starting";
        }

        @Override
        public String sentence() {
            return "The engine process is starting; work you ask for now waits for it.";
        }
    }

    /// Ready for work.
    record Ready(Event.Ready facts) implements EngineState {
        @Override
        public String words() {
            return (facts.device().startsWith("cuda") ? facts.device().replace("cuda", "GPU") : "CPU") + " ready";
        }

        @Override
        public String sentence() {
            return "Engine " + facts.version() + " on " + facts.device() + ", " + facts.threads() + " threads, "
                    + facts.backend() + ", process " + facts.pid() + ".";
        }
    }

    /// Ended, and not starting by itself.
    record Stopped(String reason) implements EngineState {
        @Override
        public String words() {
            return "Engine stopped";
        }

        @Override
        public String sentence() {
            return reason;
        }
    }
}
