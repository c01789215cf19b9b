package sirkuit.app.session;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import sirkuit.app.frame.CommandWords;
import sirkuit.app.look.Theme;
import sirkuit.app.look.Words;
import sirkuit.app.preferences.Preferences;

/// The preferences while they are being changed. Appearance and language are applied at once. The engine's settings
/// restart the engine, so they are applied on request.
public final class PreferencesModel {
    /// What determines the theme.
    public enum Look {
        SYSTEM(null),
        LIGHT(Theme.LIGHT),
        DARK(Theme.DARK);

        private final @Nullable Theme theme;

        Look(@Nullable Theme theme) {
            this.theme = theme;
        }

        public String words() {
            return Words.of("preferences.look." + name());
        }
    }

    /// The language of the window.
    public enum Language {
        SYSTEM(null),
        ENGLISH("en"),
        INDONESIAN("id");

        private final @Nullable String code;

        Language(@Nullable String code) {
            this.code = code;
        }

        public String words() {
            return Words.of("preferences.language." + name());
        }
    }

    private final ShellModel shell;
    private final ObjectProperty<Look> look = new SimpleObjectProperty<>();
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>();
    private final IntegerProperty text = new SimpleIntegerProperty();
    private final StringProperty command = new SimpleStringProperty();
    private final StringProperty device = new SimpleStringProperty();
    private final StringProperty threads = new SimpleStringProperty();
    private final StringProperty memory = new SimpleStringProperty();
    private final StringBinding objection;
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();

    public PreferencesModel(ShellModel shell) {
        this.shell = shell;
        Preferences now = shell.preferences().get();
        Theme theme = now.theme();
        look.set(lookOf(theme));
        language.set(languageOf(now.language()));
        text.set(now.textSize());
        command.set(now.engineCommand() == null ? "" : CommandWords.join(now.engineCommand()));
        device.set(now.device() == null ? "auto" : now.device());
        threads.set(now.threads() == null ? "" : now.threads().toString());
        memory.set(now.memory() == null ? "" : now.memory().toString());
        look.subscribe((was, is) -> {
            if (shell.preferences().get().theme() != is.theme) {
                shell.change(shell.preferences().get().withTheme(is.theme));
            }
        });
        shell.preferences().subscribe(p -> look.set(lookOf(p.theme()))); // it can also be changed elsewhere
        language.subscribe((was, is) -> shell.change(shell.preferences().get().withLanguage(is.code)));
        text.subscribe((was, is) -> shell.change(shell.preferences().get().withText(is.intValue())));
        Observable[] engine = {command, device, threads, memory, shell.preferences()};
        objection = Bindings.createStringBinding(this::wrong, engine);
        for (Observable setting : engine) {
            setting.subscribe(this::compare);
        }
    }

    public ObjectProperty<Look> look() {
        return look;
    }

    public ObjectProperty<Language> language() {
        return language;
    }

    /// Text size in percent of normal.
    public IntegerProperty text() {
        return text;
    }

    /// The command that starts an engine; empty for this program's own engine.
    public StringProperty command() {
        return command;
    }

    public StringProperty device() {
        return device;
    }

    /// Empty for all cores.
    public StringProperty threads() {
        return threads;
    }

    /// In MB; empty for the default.
    public StringProperty memory() {
        return memory;
    }

    /// What is wrong with the engine's settings, in a sentence; empty when nothing is.
    StringBinding objection() {
        return objection;
    }

    /// Whether the engine's settings differ from those in use.
    public ReadOnlyBooleanProperty changed() {
        return changed.getReadOnlyProperty();
    }

    /// Restarts the engine with the current settings.
    public void useEngine() {
        if (objection.get().isEmpty()) {
            shell.change(wanted());
        }
    }

    private Preferences wanted() {
        List<String> words = CommandWords.split(command.get());
        String on = device.get().strip().toLowerCase(Locale.ROOT);
        return shell.preferences()
                .get()
                .withEngine(
                        words.isEmpty() ? null : words,
                        on.isEmpty() || on.equals("auto") ? null : on,
                        number(threads.get()),
                        number(memory.get()));
    }

    private void compare() {
        changed.set(wrong().isEmpty()
                && !wanted().engine().equals(shell.preferences().get().engine()));
    }

    private String wrong() {
        return Stream.of(wrongDevice(), wrongThreads(), wrongMemory())
                .filter(w -> !w.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// What is wrong with the device; empty for nothing. The next methods do the same for other fields.
    public String wrongDevice() {
        boolean good = device.get().strip().matches("(?i)auto|cpu|cuda(:\\d{1,2})?|");
        return good ? "" : Words.of("preferences.wrong-device");
    }

    public String wrongThreads() {
        Integer cores = number(threads.get());
        boolean good = threads.get().isBlank() || (cores != null && cores >= 1 && cores <= 1024);
        return good ? "" : Words.of("preferences.wrong-threads");
    }

    public String wrongMemory() {
        Integer room = number(memory.get());
        boolean good = memory.get().isBlank() || (room != null && room >= Preferences.LEAST_MEMORY);
        return good ? "" : Words.of("preferences.wrong-memory", String.valueOf(Preferences.LEAST_MEMORY));
    }

    private static @Nullable Integer number(String typed) {
        String text = typed.strip();
        return text.matches("\\d{1,7}") ? Integer.valueOf(text) : null;
    }

    private static Look lookOf(@Nullable Theme theme) {
        return theme == null ? Look.SYSTEM : theme.dark() ? Look.DARK : Look.LIGHT;
    }

    private static Language languageOf(@Nullable String code) {
        for (Language known : Language.values()) {
            if (known.code != null && known.code.equals(code)) {
                return known;
            }
        }
        return Language.SYSTEM;
    }
}
