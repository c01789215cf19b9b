@org.jspecify.annotations.NullMarked
package sirkuit.app.action;
