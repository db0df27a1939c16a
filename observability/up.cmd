@echo off
rem Starts the shop, its healer and what watches them: observability\up [full^|lite^|shop] [dev^|staging^|prod] [arguments of docker compose up]
rem It only chooses files and makes a token for the healer; all else is in compose.yaml, observability\compose.yaml and .env.
setlocal
cd /d "%~dp0.."
set "COMPOSE_PROFILES=full"
set "FILES=-f compose.yaml"
:next
if "%~1"=="full" goto shift
if "%~1"=="lite" goto profile
if "%~1"=="shop" goto profile
if "%~1"=="dev" goto overlay
if "%~1"=="staging" goto overlay
if "%~1"=="prod" goto overlay
goto start
:profile
set "COMPOSE_PROFILES=%~1"
:overlay
set "FILES=%FILES% -f observability/overlays/%~1.yaml"
:shift
shift
goto next
:start
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
