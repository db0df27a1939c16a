@echo off
rem Starts the shop, its healer and what watches them: observability\up [full^|lite^|shop] [dev^|staging^|prod] [arguments of docker compose up]
rem It only chooses files and makes a token for the healer; all else is in compose.yaml, observability\compose.yaml and .env.
setlocal
cd /d "%~dp0.."
set "SIZE="
set "OVERLAY="
:next
if "%~1"=="full" goto size
if "%~1"=="lite" goto size
if "%~1"=="shop" goto size
if "%~1"=="dev" goto environment
if "%~1"=="staging" goto environment
if "%~1"=="prod" goto environment
goto start
:size
if defined SIZE if not "%SIZE%"=="%~1" echo observability\up: %SIZE% or %~1, not both 1>&2& exit /b 2
set "SIZE=%~1"
shift
goto next
:environment
if defined OVERLAY if not "%OVERLAY%"=="%~1" echo observability\up: %OVERLAY% or %~1, not both 1>&2& exit /b 2
set "OVERLAY=%~1"
shift
goto next
:start
set "FILES=-f compose.yaml"
if not defined SIZE set "SIZE=full"
set "COMPOSE_PROFILES=%SIZE%"
if not "%SIZE%"=="full" set "FILES=%FILES% -f observability/overlays/%SIZE%.yaml"
if defined OVERLAY set "FILES=%FILES% -f observability/overlays/%OVERLAY%.yaml"
rem All that is left, however many: by number they would be nine at most.
set "REST="
:rest
if "%~1"=="" goto token
set REST=%REST% %1
shift
goto rest
:token
if not "%HEALER_TOKEN%"=="" goto go
if not exist .selfheal mkdir .selfheal
if not exist .selfheal\compose.token powershell -NoProfile -Command "[guid]::NewGuid().ToString('N') + [guid]::NewGuid().ToString('N')" > .selfheal\compose.token
set /p HEALER_TOKEN=<.selfheal\compose.token
:go
docker compose %FILES% up%REST%
