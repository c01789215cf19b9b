package sirkuit.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import sirkuit.LogFiles;
import sirkuit.Printable;
import sirkuit.PrivateFolder;

/// Logging: all lines go to a file, warnings also to standard error, and nothing to standard output.
final class Logging {
    /// The logger that reports at each start that JavaFX is on the class path, which is intended. The reference
    /// keeps its level from being lost.
    private static final java.util.logging.Logger JAVAFX = java.util.logging.Logger.getLogger("javafx");

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg%n";

    private Logging() {}

    /// @param engine whether this is an engine process, which has its own log file
    static void start(boolean engine) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        JAVAFX.setLevel(java.util.logging.Level.SEVERE);
        root.addAppender(console(context));
        root.addAppender(rolling(context, engine ? LogFiles.engine() : LogFiles.window()));
        // Without a GPU these log long messages about it.
        context.getLogger("ai.djl.util.cuda").setLevel(Level.ERROR);
        context.getLogger("ai.djl.util.Platform").setLevel(Level.ERROR);
        context.getLogger("ai.djl.pytorch.jni.LibUtils").setLevel(Level.ERROR);
        context.getLogger("ai.djl.huggingface").setLevel(Level.ERROR);
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(context));
        ch.qos.logback.classic.filter.ThresholdFilter warnings = new ch.qos.logback.classic.filter.ThresholdFilter();
        warnings.setLevel("WARN");
        warnings.start();
        console.addFilter(warnings);
        console.start();
        return console;
    }

    /// Makes a log file that only the user can read, because it contains texts and file names.
    private static RollingFileAppender<ILoggingEvent> rolling(LoggerContext context, Path file) {
        try {
            PrivateFolder.file(file);
        } catch (IOException e) {
            return silent(context);
        }
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context));
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMaxIndex(2);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf("5MB"));
        size.start();
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }

    /// If no log can be written, the work continues without one.
    private static RollingFileAppender<ILoggingEvent> silent(LoggerContext context) {
        RollingFileAppender<ILoggingEvent> none = new RollingFileAppender<>();
        none.setContext(context);
        return none;
    }

    /// Logs are read on terminals.
    private static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext context) {
        PatternLayout layout = new PatternLayout() {
            @Override
            public String doLayout(ILoggingEvent event) {
                return Printable.of(super.doLayout(event));
            }
        };
        layout.setContext(context);
        layout.setPattern(PATTERN);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
