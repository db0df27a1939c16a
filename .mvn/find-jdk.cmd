@REM Called by mvnw.cmd and demo.cmd. Sets JAVA_HOME to a JDK of the version that pom.xml names (jdk.version).
@SET SELFHEAL_JDK=
@SET SELFHEAL_HOME=
@FOR /F "usebackq tokens=2,3 delims=<>" %%A IN ("%~dp0..\pom.xml") DO @IF "%%A"=="jdk.version" SET SELFHEAL_JDK=%%B
@CALL :ACCEPT "%JAVA_HOME%"
@FOR %%P IN (javac.exe) DO @IF NOT "%%~$PATH:P"=="" CALL :ACCEPT "%%~dp$PATH:P.."
@FOR /D %%D IN ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\Microsoft\*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\BellSoft\*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*") DO @CALL :ACCEPT "%%~D"
@IF NOT DEFINED SELFHEAL_HOME GOTO NONE
@SET "JAVA_HOME=%SELFHEAL_HOME%"
@EXIT /B 0

:NONE
@ECHO Selfheal needs a JDK %SELFHEAL_JDK%: install one, for example Temurin %SELFHEAL_JDK%, or point JAVA_HOME at it. 1>&2
@EXIT /B 1

@REM Keeps the folder if it is the first JDK of that version, which its file "release" tells, quotes included: JAVA_VERSION="25.0.3"
:ACCEPT
@IF DEFINED SELFHEAL_HOME GOTO :EOF
@IF NOT EXIST "%~1\bin\javac.exe" GOTO :EOF
@IF NOT EXIST "%~1\release" GOTO :EOF
@SET SELFHEAL_FOUND=""
@FOR /F "usebackq tokens=1,2 delims==" %%A IN ("%~1\release") DO @IF "%%A"=="JAVA_VERSION" SET SELFHEAL_FOUND=%%B
@FOR /F "delims=.-+" %%V IN (%SELFHEAL_FOUND%) DO @IF "%%V"=="%SELFHEAL_JDK%" SET "SELFHEAL_HOME=%~f1"
@GOTO :EOF
