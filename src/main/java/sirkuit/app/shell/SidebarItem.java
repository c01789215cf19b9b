package sirkuit.app.shell;

import sirkuit.app.runs.RunModel;

/// A line of the sidebar.
sealed interface SidebarItem {
    /// What the line says.
    String words();

    record Section(String words) implements SidebarItem {}

    /// Something to read only.
    record Fact(String words, String path) implements SidebarItem {}

    record Scores(String id) implements SidebarItem {
        @Override
        public String words() {
            return id;
        }
    }

    record Mask(String name) implements SidebarItem {
        @Override
        public String words() {
            return name;
        }
    }

    record Run(RunModel run) implements SidebarItem {
        @Override
        public String words() {
            return run.name();
        }
    }
}
