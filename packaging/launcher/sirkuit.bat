@echo off
rem Starts Sirkuit with a JDK of version 25 or newer: SIRKUIT_JAVA (a JDK's folder), JAVA_HOME, then the PATH.
setlocal
set "LIB=%~dp0..\lib"
set "FAST=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
if "%1"=="engine" set "FAST=-XX:+UseSerialGC -Xmx2g"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if defined SIRKUIT_JAVA set "JAVA=%SIRKUIT_JAVA%\bin\java"
set "LOGS=%USERPROFILE%\.local\state\sirkuit\log"
if defined SIRKUIT_HOME set "LOGS=%SIRKUIT_HOME%\log"
if not exist "%LOGS%" mkdir "%LOGS%" 2>nul
"%JAVA%" "-XX:ErrorFile=%LOGS%\hs_err_pid%%p.log" "-XX:ReplayDataFile=%LOGS%\replay_pid%%p.log" -XX:-CreateCoredumpOnCrash --enable-native-access=ALL-UNNAMED -Xlog:disable -Xlog:all=warning:stderr %FAST% %SIRKUIT_JVM_OPTIONS% -cp "%LIB%\*" sirkuit.cli.Main %*
exit /b %ERRORLEVEL%
