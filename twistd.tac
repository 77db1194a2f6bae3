"""The composition root: the control room and its console, wired together. `twistd --nodaemon -y twistd.tac`"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from twisted.application import service, strports
from twisted.internet import reactor

from console.cameras.gateway import CameraGateway, GatewaySettings
from console.map_tiles import MapTiles
from console.parts import Parts
from console.site import build_site, endpoint_of
from dispatch.access.accounts import Accounts
from dispatch.journal.callindex import CallIndex
from dispatch.tracking.mqtt import MqttFixes
from dispatch.process.outside import resolved_cameras
from dispatch.process.service import RoomService
from dispatch.settings import load_settings
from dispatch.timing.timekeeper import keep_time
from routing.city.load import load_city
from telephony.room.browser_leg import BrowserAudio
from telephony.room.dereference import Dereferencer
from telephony.room.link import LinkService, SwitchLink
from telephony.messages.reader import Reader

keeper = keep_time(reactor)  # before the first timer
settings = load_settings()
city = load_city(settings.city_folder, strict=False)
city.network.prepare()
application = service.Application("siaga112")

control = RoomService(settings, city, reactor, keeper)
control.setServiceParent(application)

accounts = Accounts(control.engine, settings.demo)
link = SwitchLink(reactor, control.room, settings.socket_path, accounts.phones)
LinkService(link).setServiceParent(application)

servers = settings.locations.location_servers
Dereferencer(reactor, control.room, servers, settings.data_folder).setServiceParent(application)

mqtt = MqttFixes(reactor, settings, control.room, control.sightings, accounts)
mqtt.setServiceParent(application)
tiles = MapTiles(reactor, control.room, settings.city_folder, settings.data_folder / "maps")
tiles.setServiceParent(application)
cameras = resolved_cameras(city, settings)
allowed = (*settings.cameras.camera_allow, *(("127.0.0.0/8",) if settings.demo else ()))
parts = Parts(
    settings=settings, reactor=reactor, room=control.room, bus=control.bus, sightings=control.sightings,
    ways=control.ways, covered=control.covered, city=city, accounts=accounts,
    gateway=CameraGateway(reactor, cameras, GatewaySettings(camera_allow=allowed)), cameras=cameras,
    audio=BrowserAudio(reactor, link, *settings.switch.address), switch_up=lambda: link.up, switch_stuck=link.stuck,
    tell_phones=link.tell_phones, index=CallIndex(control.room.journal), reader=Reader(),
    tiles=tiles,
)
parts.rights.listen(mqtt.rights_changed)
strports.service(endpoint_of(settings), build_site(parts)).setServiceParent(application)
