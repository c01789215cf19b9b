package sirkuit.app.circuit.pane;

import static sirkuit.app.look.Boxes.named;
import static sirkuit.app.look.Boxes.whole;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import sirkuit.app.circuit.CircuitModel;
import sirkuit.app.circuit.GroupsModel;
import sirkuit.app.circuit.Unit;
import sirkuit.app.look.Words;
import sirkuit.project.HeadGroup;

/// What can be done with groups of heads: all of them in a menu of the toolbar, one of them below the mouse.
final class GroupMenu {
    private final CircuitModel model;
    private final GroupsModel groups;
    private final GroupPopover popover;
    private final MenuButton button = named(whole(new MenuButton(Words.of("centre.circuit.groups"))), "circuit-groups");

    GroupMenu(CircuitModel model) {
        this.model = model;
        groups = model.groups();
        popover = new GroupPopover(groups);
        button.setTooltip(new Tooltip(Words.of("centre.circuit.groups.more")));
        groups.all().addListener((ListChangeListener<HeadGroup>) c -> fill());
        button.setOnShowing(e -> fill());
        fill();
    }

    MenuButton button() {
        return button;
    }

    /// Asks for the name of a new group.
    void make(Node owner) {
        if (!groups.next().isEmpty()) {
            popover.make(owner);
        }
    }

    /// For the menu below the mouse.
    List<MenuItem> of(Unit unit, Node owner) {
        List<MenuItem> items = new ArrayList<>();
        HeadGroup group = unit instanceof Unit.Group g ? groups.named(g.name()) : null;
        if (group != null) {
            items.addAll(of(group, owner));
        } else {
            items.add(item("centre.circuit.group.choose", () -> groups.choose(unit.heads())));
        }
        items.add(new SeparatorMenuItem());
        items.add(makeItem(owner));
        return items;
    }

    private void fill() {
        List<MenuItem> items = new ArrayList<>(List.of(makeItem(button)));
        if (!groups.all().isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        for (HeadGroup group : groups.all()) {
            Menu one = new Menu(Words.of(
                    "centre.circuit.group.name", group.name(), group.heads().size()));
            one.setMnemonicParsing(false);
            one.getItems().setAll(of(group, button));
            items.add(one);
        }
        button.getItems().setAll(items);
    }

    private MenuItem makeItem(Node owner) {
        boolean some = !groups.chosen().isEmpty();
        int count = groups.next().size();
        MenuItem make =
                new MenuItem(Words.of(some ? "centre.circuit.group.make" : "centre.circuit.group.make.all", count));
        make.setId("make-group");
        make.setDisable(count == 0);
        make.setOnAction(e -> make(owner));
        return make;
    }

    private List<MenuItem> of(HeadGroup group, Node owner) {
        MenuItem mask = item("centre.circuit.group.mask", () -> groups.useAsMask(group));
        mask.setDisable(!groups.fits(group));
        return List.of(
                item(group.open() ? "centre.circuit.group.close" : "centre.circuit.group.open", () -> {
                    model.edge().set(null);
                    groups.toggle(group);
                }),
                mask,
                item("centre.circuit.group.rename", () -> popover.rename(group, owner)),
                item("centre.circuit.group.remove", () -> groups.remove(group)));
    }

    private static MenuItem item(String words, Runnable action) {
        MenuItem item = new MenuItem(Words.of(words));
        item.setId(words.substring(words.lastIndexOf('.') + 1) + "-group");
        item.setOnAction(e -> action.run());
        return item;
    }
}
