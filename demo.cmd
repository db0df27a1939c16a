@REM Starts the demo; builds it first when something is missing or older than its sources. demo --help says more. ./demo does the same.
@ECHO OFF
SETLOCAL
CALL "%~dp0.mvn\find-jdk.cmd"
IF ERRORLEVEL 1 EXIT /B 1
REM Not %~dp0 itself: a path that ends in a backslash would swallow the quote after it.
SET "ROOT=%~dp0."
SET "STAGE=%~dp0stage\target\selfheal-stage.jar"
SET "FLAGS=-XX:+UseSerialGC -Xmx256m -XX:TieredStopAtLevel=1"
IF NOT EXIST "%STAGE%" GOTO BUILD
"%JAVA_HOME%\bin\java.exe" %FLAGS% "-Dselfheal.root=%ROOT%" -cp "%STAGE%" io.selfheal.demo.build.Freshness %*
IF NOT ERRORLEVEL 1 GOTO RUN
:BUILD
ECHO Building; the first time takes a few minutes... 1>&2
CALL "%~dp0mvnw.cmd" -q -f "%~dp0pom.xml" -DskipTests package <NUL 1>&2
IF ERRORLEVEL 1 (
  ECHO The build failed: see above. 1>&2
  EXIT /B 1
)
:RUN
"%JAVA_HOME%\bin\java.exe" %FLAGS% "-Dselfheal.root=%ROOT%" -jar "%STAGE%" %*
EXIT /B %ERRORLEVEL%
