@echo off
rem Starts Sirkuit with a JDK of version 25 or newer: SIRKUIT_JAVA (a JDK's folder), JAVA_HOME, then the PATH.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if defined SIRKUIT_JAVA set "JAVA=%SIRKUIT_JAVA%\bin\java"
"%JAVA%" --enable-native-access=ALL-UNNAMED %SIRKUIT_JVM_OPTIONS% -cp "%LIB%\*" sirkuit.cli.Main %*
exit /b %ERRORLEVEL%
