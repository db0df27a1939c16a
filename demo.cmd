@REM Starts the demo; builds it first when its jar is missing. demo --help says more.
@ECHO OFF
SETLOCAL
CALL "%~dp0.mvn\find-jdk.cmd"
IF ERRORLEVEL 1 EXIT /B 1
SET "ROOT=%~dp0."
SET "STAGE=%~dp0stage\target\selfheal-stage.jar"
IF EXIST "%~dp0stage\target\built" GOTO RUN
ECHO Building; the first time takes a few minutes... 1>&2
CALL "%~dp0mvnw.cmd" -q -f "%~dp0pom.xml" -DskipTests package
IF ERRORLEVEL 1 EXIT /B 1
:RUN
"%JAVA_HOME%\bin\java.exe" -XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1 "-Dselfheal.root=%ROOT%" -Dselfheal.terminal=false -jar "%STAGE%" %*
EXIT /B %ERRORLEVEL%
