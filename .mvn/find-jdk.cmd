@REM Called by mvnw.cmd and demo.cmd. Sets JAVA_HOME to a JDK of the version that pom.xml names (jdk.version).
@SET SELFHEAL_JDK=
@FOR /F "tokens=3 delims=<>" %%V IN ('findstr /C:"<jdk.version>" "%~dp0..\pom.xml"') DO @SET SELFHEAL_JDK=%%V
@IF EXIST "%JAVA_HOME%\bin\javac.exe" findstr /B /C:"JAVA_VERSION=\"%SELFHEAL_JDK%." "%JAVA_HOME%\release" >NUL 2>&1 && exit /b 0
@FOR /D %%D IN ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") DO @(
  IF EXIST "%%~D\bin\javac.exe" findstr /B /C:"JAVA_VERSION=\"%SELFHEAL_JDK%." "%%~D\release" >NUL 2>&1 && (SET "JAVA_HOME=%%~D" & exit /b 0)
)
@echo Selfheal needs a JDK %SELFHEAL_JDK%: install one, for example Temurin %SELFHEAL_JDK%, or point JAVA_HOME at it. 1>&2
@exit /b 1
