/// Tests of the data browser without a window.
package sirkuit.app.browser;
