## language (of this file; the locale is what numbers, times and names of languages are written by)

language-name = English
language-locale = en-GB

## words

app = Siaga 112
sign_in = Sign in
sign_out = Sign out
sign_out_of = Sign out ({ $name })
user = User name
password = Password
unit = Unit
skills = Skills
skills_of = Skills of { $name }
skills_example = en, zh, fire
skills_hint = Languages and subjects that queues ask for, with commas between them. They count when the person next starts duty.
choose_unit = Choose your unit
demo_accounts = Demo accounts (one click)
theme = Day / night
skip = Skip to content
console = Operator console
audit = Audit and replay
audit_short = Audit
supervisor = Supervisor
supervise_why = To listen, whisper or join in you need audio of your own. No call rings here.
now = Now
this_hour = This hour
today = Today
at_most_s = ≤{ $s } s
hours_short = { $h } h
queues = Live queues
all_queues = All queues
calls_in = Calls
oldest = Oldest
longest_hour = longest this hour { $s }
free_seats = Free operators
talking_n = { $n } talking
suspected_n = { $n } suspected
within_s = Answered ≤ { $s } s
lost_unheard = Lost this hour
lost_short = Lost
lost_today = today { $n } ({ $p })
lost_means = Lost: ended before an operator heard them
month_csv = This month (CSV)
lost_why = { $once } at once, { $waiting } while waiting, { $announced } after the announcement, { $failed } by our own fault
figures_away = The figures of hour and day cannot be read now; trying again.
suspects = Suspected ghosts waiting
no_suspects = None
positions = Positions
no_positions = Nobody is on duty
with_parties = With other parties
make_not_ready = Set not ready
connecting = Connecting…
journal_lost = The journal cannot be written. Calls are still answered; call the technician.
switch_lost = The switch is not connected. Check the telephony process.
network_error = The server does not answer. Check the network, then try again.
position = Position
position_taken = { $position } is in use by { $user }
sign_on = Start duty
sign_on_why = Your audio is connected once and stays connected. Allow the microphone when the browser asks.
ready = Ready
not_ready = Not ready
why_not_ready = Why not ready?
no_reason = Without a reason
use_phone = Use a SIP phone
phone_how = Set up the phone: user { $user }, password { $password }. Then dial { $sip }. The password is shown only once.
queue = Queue
no_calls = No calls waiting
incoming = Incoming call
queue_read_out = Incoming call: { $caller }. Waiting: { $n }
waiting = Waiting
talking = Talking
accepted = Connecting…
calling = Calling…
transferred = Handed over
ended = Ended
rings_here = Ringing here
announced = hears the announcement
callbacks = Call back
no_callbacks = Nobody is owed a call
lost_line = line broke at our side
gave_up = gave up before an answer
tries = { $n } tries, first { $first }, last { $last }
suspected = Suspected ghost
suspected_of = Suspected ghost { $percent } %
score = Score { $n } %: why
done = Done
alarms = Alarms
clear = Clear
clear_all = Clear { $n } alarms
no_number = No number
answer = Answer
hang_up = Hang up
call_none = No call. Ready to answer.
call_none_off = Start duty to receive calls.
caller = Caller
called_number = Number called
handling = Handling the call
hold = Hold
resume = Resume
unmute = Unmute
muted_now = You are muted: the caller cannot hear you
held_now = On hold: the caller hears music
call_in_short = Call in
prompt_short = Press 5
prompt_silent = Play "press 5 if you cannot speak"
silent = No sound heard
pressed = Pressed
keypad = Keypad
keypad_to = Send to
keypad_keys = Type digits, * or #. Esc closes.
call_in = Call somebody in, or hand over
call_out = Call out: a contact or a number
call_in_hint = Name, agency, language or number
contacts = Contacts
no_contact = No such contact. Type a whole number to call it.
dial = Call { $number }
box_keys = Enter takes it, ↑ ↓ move, Esc closes.
hand_over = Hand over
hand_over_to = Hand the caller over to { $who }
let_talk = Let talk
drop = Drop
drop_who = Drop { $who }
stop_dialling = Stop calling
members = In the conversation
party_mode = { $who } ({ $mode })
you_at = You ({ $position })
party_left = { $who } left
party_left_why = { $who } left: { $why }
take_over = Take this call over
take_back = Take the caller back
call_back = Call back
score_why = Why
vehicle = Vehicle
msd_again = Ask for new data
msd_trigger = Triggered
msd_automatic = by the vehicle itself
msd_manual = by a person
msd_heading = Direction of travel
msd_occupants = Belts fastened
msd_unknown = not known
msd_kind = Kind
msd_propulsion = Energy
msd_vin = VIN
msd_at = Time
msd_untrusted = The vehicle says that its position cannot be trusted: ask where it is
msd_none = No data of the vehicle yet
written = In writing
written_before = The text you sent before did arrive. What you changed since stays in the field; press Send if it is still needed.
write_answer = Write to the caller
where = Place
no_place = No place yet. Search an address or click the map.
place_within = { $at } ± { $m } m
source = source { $s }
new_incident = New incident
incident = Incident
incident_of = Incident { $incident }
incidents = Open incidents
no_incidents = No open incidents
type = Incident type
address = Address / landmark
search_place = Search: Batu 10, Jl. Merdeka, Gonggong…
note = Note
note_hint = What happened, how many hurt, dangers…
open_incident = Open incident
add_note = Add note
notes = Notes
close_incident = Close incident
save = Save
cancel = Cancel
new_place = New place chosen; save to use it: { $place }
recommended = Recommended units
suggested = suggested
send = Send
send_all = Send all suggested: { $units }
recommend_again = Rank again
reason_why = Why another unit
reason_hint = Write the reason, then Enter
shortfall = Missing: { $s }
shortfall_of = { $n } × { $capability }
ranked_by = Computed: { $m }
stale = old position
uncertain = depends on where the caller is
assigned_units = Assigned units
release = Release
unanswered = no answer
override = reason: { $r }
units = Units
shift_on = { $unit } on duty
shift_off = { $unit } off duty
off_shift = On duty at { $time }
beyond_border = Beyond the border
place_confirmed = Place made sure of by { $by }
place_right = The place is right
call_who = Call { $who }
by_telephone = by telephone
neighbour = Neighbouring centre: { $c }
from_neighbours = From neighbouring centres
alert_from = From { $c }
alert_read_out = { $c }: { $type }, { $address }
alert_told = told { $at }
alert_received = received { $at }
alert_texted = SMS sent { $at }
alert_not_received = has not arrived
alert_no_answer = no answer yet
alert_asks = Asked for: { $u }
alert_asked_us = Asks for our units: { $u }
alert_they_sent = They have sent: { $u }
said_by_telephone = Answered by telephone
open_from = Open an incident
ask_for = Ask for
no_calls_yet = No calls yet
step = Step
cameras = Nearest cameras
cameras_hint = Cameras show once there is a place. Every viewing is recorded.
camera_away = { DISTANCE($metres) }
camera_sees = looks at the place
map = Map
zoom_in = Zoom in
zoom_out = Zoom out
disposition = The call has ended. What was it?
disposition_keys = Press 1–5. While typing: Esc first; the form is put aside and kept.
wrapping_why = The next call comes when you have chosen.
keys = Keys
close = Close
unit_none = No assignment
unit_wait = Stand by. This page rings and vibrates when there is a job.
unit_new = NEW JOB
way = The way
open_map = Open in a map app
status = Status
other_steps = Other steps
straight = straight line, not a road
sound_on = Tap once to turn the sound on
calls = Calls
search = Search number, incident, operator
pick_call = Pick a call from the list
recorded_view = Every viewing and every recording played is written to the journal.
play = Play
pause = Pause
timeline = Timeline
recordings = Recordings
recordings_n = { $n ->
    [one] one recording
   *[other] { $n } recordings
}
no_recordings = No recordings
map_then = The map as it was
verify = Verify
verifying = Checking the whole journal and recordings…
words_then = Read in the words that were in force then ({ $digest })
words_lost = The words of then are not there ({ $digest }); these are those of today
intact = INTACT: { $n } entries, { $r } recordings, { $p } photos, { $m } raw messages, { $c } catalogues, { $a } accounts; { $e } files erased lawfully. Head { $h }…
broken = NOT INTACT: { $n } findings. Keep this list, change nothing, and call the technician.
faults_more = and { $n } more findings; `siaga verify` on the server names all of them
entry = entry { $n }
event_candidate = { $rank }. { $unit } ({ DURATION($seconds) })
event_candidate_suggested = { $rank }. { $unit } ({ DURATION($seconds) } ✓)
event_unit = { $unit } ({ $state })
event_faults = { $n } × { $kind }
erased = erased by law
more = More
lost = lost
not_answered = not answered
answered_after = answered after { $s } s
step_keys = ← → step, space plays
muted = Mute
mute = Mute
you = You
error_status = Error { $status }
tell_centre = Tell the centre
not_sent = { $n } reports wait for the network
unit_offline = No network. What you press is kept and sent once it is back.
told_late = '{ $what }' at { $at } for { $incident } arrived after you had been released. The time is kept; ask the centre by radio.
try_again = Try again
rings_you = Rings for you
fleet = All units
nearby = Already reported near here?
join = Join to { $incident }
type_hint = Type a name or a number
no_match = Nothing found
find_unit = Find a unit
send_any = Another unit
yes = yes
no = no
system = the system
people = People and roles
role = Role
remove = Remove
remove_sure = Remove the account { $name }? It is signed out everywhere at once.
add_person = Add a person, or set a new password
saved = { $name } is saved
alias_add = Keep “{ $said }” as a name of this place
raise_level = Raise to alarm level { $n }
alarm_level = Alarm level { $n }
cut_off = no way there
layers = Layers
closing = Close a street
weather = Weather and water
list = List
fault = The part “{ $name }” has stopped by a fault in the program.
fault_do = Calls and sound go on. Try again; if it comes back, reload the page and tell the technician.
fault_again = Try again
fault_reload = Reload
open_call = Open the call
later = Later
room_silent = No word from the room for { DURATION($seconds) }. This screen shows how it was at { $at }.
room_silent_alert = No word from the room. What you see may have changed.
room_silent_desk = The switch still answers calls. Go on writing: it is kept on this screen.
room_silent_talk = Your sound is still connected: go on talking. What you write is kept on this screen.
room_silent_watch = The figures stand still until the room answers again. If it lasts, call the technician.
room_silent_unit = What you press is kept and sent once it is back. If it is urgent, use the radio.
room_silent_audit = The list is not renewed until the room answers again.
room_silent_do = The room does not answer, so this is not sent. Try again when the warning above is gone.
connecting_for = Connecting to the room… no answer for { DURATION($seconds) }. Check the network; if it lasts, call the technician.
last_heard = was:
no_answer = The room has not answered; it is not known whether it was done. Look at the board; repeating the same will not do it twice.
sending = sending…
sending_for = sending… { $s } s
drafts = Not sent yet
tell_before = Not sent, for { $incident }

## title (of a page, as tabs and screen readers have it)

title-sign_in = Sign in · Siaga 112 · { $city }
title-console = Operator console · Siaga 112 · { $city }
title-supervisor = Supervisor · Siaga 112 · { $city }
title-unit = My unit · Siaga 112 · { $city }
title-audit = Audit and replay · Siaga 112 · { $city }
title-admin = People and roles · Siaga 112 · { $city }
title-caller = 112 · { $city }

## role

role-call-taker = Call-taker
role-dispatcher = Dispatcher
role-responder = Responder
role-auditor = Auditor
role-supervisor = Supervisor
role-admin = Admin
role-tracker = Tracker
role-centre = Neighbouring centre

## seat

seat-talking = Talking
seat-joined = Joined a call
seat-ready = Ready
seat-wrap_up = Wrapping up
seat-not_ready = Not ready
seat-not_ready_why = Not ready: { $why }
seat-no_audio = No audio
seat-unknown = not known

## join

join-listen = Listen
join-whisper = Whisper
join-talk = Barge in
join-take = Take over
join-leave = Stop
join-needs_audio = Sign on first to listen or join in.

## joined

joined-listen = You listen; nobody hears you.
joined-whisper = Only the call-taker hears you.
joined-talk = Everybody hears you.

## away

away-page = its page is closed or hangs
away-locked = its screen is locked
away-ended = its session was ended
away-rights = its user's rights have ended

## lock

lock-title = The screen is locked
lock-how = Enter your password: this page goes on as it was, nothing that you typed is lost.
lock-talking = The sound stays connected: go on speaking with the caller.
lock-mute = Mute the microphone
lock-unmute = Unmute the microphone
lock-open = Unlock
lock-leave = Sign in as somebody else
lock-not_sent = Not sent because the screen was locked for too long; do it again if it is still needed.

## audio

audio-off = Audio off
audio-elsewhere = Audio is in another window
audio-connecting = Audio connecting…
audio-up = Audio connected
audio-broken = Audio lost, reconnecting…
audio-refused = The microphone was refused. Click the lock in the address bar, allow the microphone, then reload.
audio-no_mic = Microphone refused

## urgent

urgent-ecall = Goes first: a vehicle calls
urgent-pressed = First: pressed 5
urgent-called_back = First: called again

## way

way-join = Call in, all three
way-consult = Ask first, caller on hold
way-blind = Hand over unannounced

## contact

contact-agency = agency
contact-interpreter = interpreter
contact-centre = 112 centre
contact-other = other

## kind

kind-test = Test
kind-out = Outgoing
kind-callback = Callback
kind-text = Text, no voice
kind-both = Voice and text

## wind

wind-n = north
wind-ne = north-east
wind-e = east
wind-se = south-east
wind-s = south
wind-sw = south-west
wind-w = west
wind-nw = north-west

## vehicle

vehicle-M = car or bus
vehicle-N = lorry
vehicle-L = motorcycle
vehicle-S = special vehicle
vehicle-o = other

## propulsion

propulsion-gasoline = petrol
propulsion-diesel = diesel
propulsion-cng = natural gas (CNG)
propulsion-lpg = LPG
propulsion-electric = high-voltage battery
propulsion-hydrogen = hydrogen
propulsion-other = other

## service

service-sos = 112
service-sos-police = police
service-sos-fire = fire
service-sos-ambulance = ambulance
service-sos-marine = marine
service-sos-mountain = mountain
service-sos-ecall-automatic = eCall, automatic
service-sos-ecall-manual = eCall, manual
service-test-sos = test

## place

place-all = All locations ({ $n })
place-why = Best because of:
place-best = best
place-verified = verified by { $by }
place-verify = Verified
place-take = For the incident
place-show = Show on the map
place-off = { DISTANCE($metres) } from the best one
place-no_radius = accuracy not told
place-unsure = ± { $radius } ({ $percent } %)
place-unsure_unknown = ± { $radius }
place-about = { DISTANCE($metres) }
place-more = { $n } more
place-fewer = Fewer
place-heard = What the caller says: place or landmark
place-contradicted = Location { $n } ({ $source }) is newer and { DISTANCE($metres) } from the verified one. Ask the caller.
place-believe_new = The new one is right
place-keep_old = The old one is still right
place-address = Address by the network
place-reference = Location server
place-ref_due = is asked again
place-ref_done = done
place-ref_again = { $why }; tried again
place-ref_over = not asked again: { $why }
place-source-pidf-lo = Network
place-source-held = Location server
place-source-reference = Location server
place-source-aml = Phone (AML)
place-source-link = Phone (link)
place-source-ecall = Vehicle (eCall)
place-source-operator = Caller's words
place-source-subscriber = Subscriber's address
place-source-cell = Radio cell
place-method-Cell = cell
place-method-802-11 = Wi-Fi
place-method-gazetteer = gazetteer
place-method-table = table
place-method-civic = address
place-flag-null = no position (0, 0)
place-flag-off_earth = not on earth
place-flag-vague = too vague
place-flag-future = time in the future
place-flag-old = long before the call
place-flag-jump = jump
place-flag-outside = outside the area
place-flag-at_sea = on the water
place-flag-undated = no time
place-flag-geocoded = from an address
place-flag-far = too far to call us
place-flag-cut = message cut off
place-flag-garbled = odd numbers
place-flag-swapped = latitude and longitude swapped
place-flag-unsure = accuracy not sure
place-flag-other_phone = from another phone
place-flag-untrusted = the vehicle doubts it
place-data-ProviderInfo = Provider
place-data-ServiceInfo = Service
place-data-DeviceInfo = Device
place-data-SubscriberInfo = Subscriber
place-data-Comment = Comment

## doubt

doubt-jump = position jumped
doubt-inaccurate = position rough
doubt-clock = device clock wrong
doubt-silent = taken to be at its station
doubt-frozen = position stands still

## unsure (about where a unit is)

unsure-old = old position { $age }
unsure-old_and = old position { $age }, { $why }
unsure-of_unit = { $unit } – { $how }

## state

state-assigned = Waiting for answer
state-acknowledged = Acknowledged
state-en_route = En route
state-on_scene = On scene
state-clear = Clear
state-released = Released

## status

status-available = Available
status-busy = Busy
status-off_duty = Off duty
status-assigned = Assigned

## agency

agency-police = Police
agency-fire = Fire
agency-health = Ambulance
agency-sar = Rescue
agency-bpbd = Disaster agency

## alert_why

alert_why-across = In the area of { $c }
alert_why-unsure = { DISTANCE($metres) } from the border; the caller may be on either side
alert_why-near = { DISTANCE($metres) } from the border of { $c }
alert_why-asked = Units of { $c } are asked for

## alert_why_us

alert_why_us-across = In our area
alert_why_us-unsure = The caller may be on either side of the border
alert_why_us-near = { DISTANCE($metres) } from our border
alert_why_us-asked = Asks for our units

## alert_answer

alert_answer-send = { $c } sends units
alert_answer-take = { $c } takes it over
alert_answer-keep = We keep it
alert_answer-not_ours = Not theirs ({ $c })

## our_answer

our_answer-send = We send units
our_answer-take = We take it over
our_answer-keep = You keep it
our_answer-not_ours = Not ours

## disp

disp-emergency = Emergency
disp-information = Information
disp-prank = Prank
disp-ghost = Ghost
disp-test = Test

## key

key-F2 = Answer the call
key-F3 = The form of an incident for this call
key-F4 = To the units
key-F6 = Hold / resume the caller
key-F7 = Mute / unmute yourself
key-F8 = Ready / not ready
key-F9 = Hang up
key-F10 = Call somebody in, hand the caller over, call out
key-vehicle = Ask the vehicle for its data anew
key-prompt = Ask "press 5 if you cannot speak"
key-keypad = Keypad
key-back = Call back the first of the list
key-take = Take over the call that is shown
key-help = This list
key-Esc = Put the form aside, close the dialog
key-Enter = Send the highlighted unit
key-layers = Layers of the map
key-list = Map or lists
key-closing = Close a street
key-drafts = To what is not sent yet

## next

next-assigned = ACKNOWLEDGE
next-acknowledged = EN ROUTE
next-en_route = ON SCENE
next-on_scene = CLEAR
next-clear = CLEAR – waiting to be sent

## gps

gps-off = GPS off
gps-on = GPS on
gps-refused = Location was refused; allow it in the browser's settings
gps-queued = { $n } positions wait for the network

## leg

leg-caller = Caller
leg-call-taker = Call-taker
leg-alternate = Alternate centre
leg-supervisor = Supervisor

## fault

fault-chain-missing = Entries { $seq } to { $upto } are missing; what follows cannot be tied to what was before
fault-chain-order = Entry { $seq } stands where another one belongs
fault-chain-changed = Entry { $seq } was changed: its digest does not fit its content and the entry before it
fault-chain-unreadable = Entries { $seq } to { $upto } cannot be read; restore a backup beside this and compare
fault-chain-foreign = Entry { $seq } has the id of another journal ({ $what }), and no room began to write there
fault-keys-gone = What entries { $seq } to { $upto } say of { $what } cannot be opened, and no entry erases it; put the master key back
fault-keys-changed = Entry { $seq } opens, but what is in it about { $what } is not what was sealed
fault-keys-kept = Entry { $seq } erases what was said of { $what }, and it can be opened again; erase it once more
fault-gone = { $kind } { $what } is gone, and no entry says why (entry { $seq })
fault-changed = { $kind } { $what } was changed (entry { $seq })
fault-unreadable = { $kind } { $what } cannot be read (entry { $seq }); look at the disk and at the file's rights
fault-kept = { $kind } { $what } was erased lawfully (entry { $seq }) and is there again; erase it once more
fault-account-changed = Account { $what } was changed past the program; entry { $seq } says otherwise
fault-account-unknown = Account { $what } was made past the program; no entry tells of it
fault-account-gone = Account { $what } was removed past the program; the last entry about it is { $seq }
fault-index-changed = The index does not fit the entries; stop the room and run `siaga reindex`

## refused

refused-role = The role { $role } may not do this; ask one of: { $roles }.
refused-call-unknown = There is no call { $call } on the board.
refused-end-current-call = End your current call first.
refused-no-audio = Your audio is not connected; allow the microphone, or dial in from the phone.
refused-call-ended = The call has already ended.
refused-answer-before-ending = Answer the call before ending it.
refused-take-over-before-ending = Take the call over before ending it.
refused-callback-done = This callback is already done.
refused-alarm-cleared = This alarm is already cleared.
refused-canary-not-set-up = The canary is not set up; fill in the settings 'canary' and 'test_numbers'.
refused-canary-out = A canary is out already; wait for its end.
refused-not-talking = Nobody is talking in this call; answer it first.
refused-party-gone = That party is no longer in the conversation.
refused-no-calls-out = Calls out are not set up; fill in the setting 'sip_outbound'.
refused-you-do-not-talk = You are not talking to anybody.
refused-text-call-has-no-voice = A text call has no voice to join others.
refused-party-not-answered = { $party } has not answered; wait, or transfer blindly.
refused-call-not-in-progress = This call is not in progress; answer it the usual way.
refused-call-is-yours = You have this call already.
refused-only-others-calls = Only a conversation of somebody else can be joined.
refused-joined-nothing = End or transfer your own call.
refused-number-unknown = The number of this caller is not known.
refused-incident-gone = There is no incident { $incident }.
refused-called-back-already = { $user } is calling this number back; wait for the outcome, or take the call over.
refused-reference-wrong = This reference is wrong, was read already, or has expired; ask the centre that sent it to call again.
refused-position-not-yours = The position { $position } is not yours; start duty first.
refused-position-unnamed = Give the position a name.
refused-position-taken = The position { $position } is in use by { $user }; choose another one.
refused-end-call-to-leave = End your call first.
refused-reason-unknown = The reason '{ $reason }' is not known; use one of: { $reasons }.
refused-finish-call = Finish your call first.
refused-answer-vehicle = Answer the vehicle's call first.
refused-no-vehicle = This call does not come from a vehicle.
refused-incident-unknown = There is no incident { $incident } on the board.
refused-incident-closed = The incident { $incident } is closed.
refused-incident-type-unknown = The incident type '{ $type }' is not known; choose one of the list.
refused-alert-unknown = There is no alert { $alert } on the board.
refused-alert-linked = This alert already belongs to { $incident }.
refused-not-assigned-there = Your unit is not assigned to { $incident }; tell the centre by radio.
refused-call-not-free = That call is not on the board, or already belongs to an incident.
refused-place-first = Set the place of the incident first.
refused-no-higher-level = No run card goes beyond level { $level }; choose units from the list.
refused-unit-unknown = The unit { $unit } is not known.
refused-unit-assigned = { $unit } is assigned to { $incident }; release it first or choose another unit.
refused-unit-not-available = { $unit } is not available ({ $status }); choose another unit.
refused-reason-for-unit = { $unit } is not a suggested unit; write down why you choose it.
refused-assignment-unknown = There is no assignment { $assignment }.
refused-assignment-of-another = This assignment is for { $unit }, not for your unit.
refused-assignment-over = This assignment is over.
refused-acknowledged-already = This assignment is already acknowledged.
refused-reported-already = '{ $progress }' was already reported.
refused-unit-not-yours = The unit { $unit } is not yours.
refused-units-still-assigned = Still assigned: { $units }. Wait until they are clear, or cancel them.
refused-camera-unknown = There is no camera { $camera } in the registry.
refused-place-unusable = The place cannot be used: { $wrong }
refused-call-linked = This call already belongs to { $incident }.
refused-place-not-doubted = Nothing is doubted about this place.
refused-alert-withdrawn = This alert is no longer on the board; it was withdrawn.
refused-too-many-alerts = Too many alerts wait for an answer; call us.
refused-time-is-past = The time at which it ends is past; give one that is to come, or none.
refused-too-many-closures = There are { $most } closures already; open those first that no longer hold.
refused-no-street-there = There is nothing within it; draw over the street.
refused-too-many-pieces = That closes { $pieces } pieces of street, at most { $most } go; draw a smaller one.
refused-closure-gone = There is no closure { $closure } any more; the street is open.
refused-shape-unusable = That cannot be used: { $wrong }. Draw it again.
refused-alias-without-letters = That name has no letters or digits; write it in words.
refused-alias-not-added = The name '{ $alias }' is not among the added ones; those of the city's files are changed there.
refused-place-not-found = That place was not found; choose one of the list, or click the map.
refused-observation-unusable = That place cannot be used; choose another one of this call's list.
refused-test-call-sends-nothing = This is a test call; nothing is sent.
refused-number-takes-no-message = This number can receive no message; ask the caller for the number of a mobile telephone.
refused-channel-not-set-up = There is no way to send { $channel }; fill in notify_{ $channel } in siaga.toml.
refused-link-just-sent = The link was sent just now; wait a moment.
refused-link-closed = This link is closed already.
refused-browser-gone = That browser does not ask any more.
refused-link-invalid = This link is no longer valid. Call 112.
refused-journal-away = The journal cannot be written ({ $why }); calls are still answered. Call the technician.
refused-our-fault = A fault in our program; it is logged. Try again, or do it another way.
refused-call-taken = This call is no longer waiting.
refused-call-taken-by = This call is no longer waiting ({ $user }).
refused-key-used = A request with this key is recorded with other content (entry { $seq }). Look at the board; use a new key for a new one.
refused-no-telephone-number = This cannot be called: '{ $number }' is no telephone number. Write digits, with + in front if you like; other addresses go into contacts.csv.
refused-number-may-not-be-dialled = The number { $number } may not be dialled from here. Check it, or ask the admin to add to dial_prefixes in siaga.toml.
refused-browser-not-let-in = This page was opened in another browser. Ask the 112 operator to let this one in.
refused-enough-was-sent = That is as much as can be sent; call 112 if you need to.
refused-not-agreed = You have not agreed to this on the page.
refused-places-too-often = Places come too often.

## wrong

wrong-no-such-field = a location has no field named { $fields }
wrong-missing = { $field } is missing
wrong-ring-corner = ring: { $what }
wrong-ring = ring: write pairs of [lat, lon]
wrong-shape = shape '{ $shape }' is none of { $known }
wrong-ring-corners = ring needs at least three corners
wrong-null-fix = lat 0, lon 0 is what a receiver without a fix sends; it is not used
wrong-no-number = { $field } is '{ $value }', not a number
wrong-out-of-range = { $field } is { $value }; it must lie between { $low } and { $high }
wrong-points-of-shape = { $shape } cannot have { $points } points
wrong-line-without-length = a line needs two different points
wrong-no-plus-code = '{ $value }' is no Plus Code; it looks like 6PG6WF9F+RJ
wrong-plus-code-zeros = '{ $value }' is no Plus Code; zeros fill up eight digits and end at the plus
wrong-minutes-of-degree = minutes and seconds are less than 60
wrong-no-sip-address = '{ $value }' is no SIP address; write it like sip:name@host
wrong-no-number-to-dial = '{ $value }' is no number; write digits, or an address like sip:name@host
wrong-no-full-number = '{ $value }' is no full number; write it with the area code, such as 0771-21112
wrong-number-without-place = { $number } has neither a place nor an address
wrong-eido-too-long = the EIDO has more than { $most } bytes
wrong-eido-without-id = the EIDO has neither $id nor the member siaga, so that it cannot be known again
wrong-receiver-has-no-fix = the receiver says that it has no fix
wrong-no-position = not a position.
wrong-encrypted-by-owntracks = encrypted by OwnTracks; take the key out of the app, TLS encrypts on the way
wrong-unit-name-too-long = the name of the unit has more than 80 letters
wrong-field-no-number = '{ $field }' must be a number
wrong-time = the time must be seconds since 1970 or ISO 8601
wrong-null-island = at lat 0, lon 0 there is only sea; a receiver without a fix says so
wrong-no-time = its time is no time; seconds since 1970 are expected
wrong-no-such-device = no such device; add it with `siaga device add UNIT --name DEVICE`
wrong-no-user-and-password = { $file }: write it like user:password

## drawn (what is drawn to close streets)

drawn-point = a point
drawn-line = a line
drawn-area = an area

## subscribers

subscribers-row = row { $row }: { $what }
subscribers-unreadable = The landlines in { $file } cannot be read; save it as comma-separated values in UTF-8 ({ $detail }).
subscribers-wrong = The landlines in { $file }, correct these rows: { $rows }.
subscribers-wrong-and-more = The landlines in { $file }, correct these rows: { $rows }, and { $more } more.

## fix

fix-older = older than what is known
fix-known = known already
fix-clock-ahead = the clock of the device is { DURATION($seconds) } ahead; set it, until then its times are corrected
fix-clock-behind = the clock of the device is { DURATION($seconds) } behind; set it, until then its times are corrected
fix-frozen = exactly the same place for { $seconds } s although the unit is under way
fix-days-ago = its time is { $days } days ago; look at the clock of the device
fix-rough = known to { DISTANCE($metres) } only; a better place is { $seconds } s old
fix-jump = { $metres } m in { $seconds } s is not possible; believed when the next ones agree
fix-clock-days-ahead = the clock of the device is { $days } days ahead; set it, until then its times are corrected
fix-clock-days-behind = the clock of the device is { $days } days behind; set it, until then its times are corrected
fix-of-unit = { $unit }: { $why }
fix-not-its-unit = not the unit of this device
fix-no-such-unit = no such unit
fix-by-device = { $device }: { $what }
fix-unreadable = from { $device }: { $what }
fix-unreadable-topic = from { $device }, { $topic }: { $what }
fix-far-from-other = { $metres } m from where { $other } is, which this unit follows; take one of them away
fix-faults = position: { $told }
fix-faults-and-more = position: { $told } … and { $more } more

## city

city-in-row = { $file }, row { $row }, field { $field }: { $what }
city-empty = is empty; fill it in
city-no-number = '{ $value }' is not a number; write digits, with a point for decimals
city-out-of-range = { $value } is out of range; it must lie between { $low } and { $high }
city-point = { $what }; give the real position in degrees
city-unknown = '{ $value }' is unknown; use one of: { $known } ({ $where })
city-none-yet = '{ $value }' is unknown; there is none yet: { $where }
city-no-table = { $file }: { $detail }; save it as comma-separated values
city-too-many-fields = the row has more fields than the header; put quotes around text with commas
city-used-twice = '{ $value }' is used in row { $other } too; give each its own
city-file-missing = { $file }: is missing in { $folder }; copy it from deploy/city/tanjungpinang
city-no-utf-8 = { $file }: is not UTF-8 text ({ $detail }); save it as UTF-8
city-no-json = { $file }: is no JSON ({ $detail }); export it again as GeoJSON
city-no-collection = { $file }: is no FeatureCollection; export it again as GeoJSON
city-no-toml = { $file }: { $detail }; compare it with deploy/city/tanjungpinang/{ $file }
city-no-mobile = '{ $value }' is no mobile number; write it like +628117701122, or nothing
city-polygon = { $where }, field geometry: { $detail }; draw the polygon again
city-polygon-crosses = { $where }, field geometry: is no valid polygon; its border must not cross itself
city-feature = { $file }, feature { $number } ({ $name })
city-feature-unnamed = { $file }, feature { $number } (no name)
city-no-folder = { $folder }: there is no such folder; set `city` in siaga.toml to a folder of city files
city-in-file = { $file }, { $what }
city-no-colour = '{ $value }' is no colour; write it like #1d4ed8
city-no-capability = is empty; write at least one word, such as ambulance
city-of-profile = how the unit travels
city-of-camera-kind = how the camera sends pictures
city-of-camera-public = may passers-by be seen on it
city-of-contact-kind = what they are to a call-taker
city-of-contact-receives = whether they are told of place and incident
city-nobody-can = no unit can do '{ $value }'; correct the word, or add it in units.csv
city-needs-without-count = '{ $value }' has no count; write it like fire:2;ambulance:1
city-feature-field-empty = { $where }, field { $field }: is empty; fill it in
city-without-name = city.toml, field name_id: is missing; write the city's name
city-center-or-zoom = city.toml, field center or zoom: { $detail }; write center = [lat, lon] and zoom = 14
city-area-of-no-centre = centres.geojson, field centre: '{ $centre }' is not in centres.csv; correct the word, or add the centre
city-centre-without-contact = centres.csv, { $centre }, field contact: '{ $contact }' is not in contacts.csv; add whom to call there
city-centre-is-no-word = '{ $value }' is no word; use small letters, digits and '-', such as bintan
city-centre-without-area = '{ $value }' has no area; draw it in centres.geojson, with the property "centre"
city-centre-address = '{ $value }' is no address; write it like https://112.example.go.id/api/v1/alerts
city-time-zone = city.toml, field time_zone: '{ $value }' is unknown; write Asia/Jakarta, Asia/Makassar or Asia/Jayapura (the Debian package tzdata has to be there)
city-not-later = is not later than the row before; sort the rows
city-time = { $detail }; write it like 2026-11-25 04:10
city-no-shift = '{ $value }' is no shift; write it like 07:00-19:00 or, Monday to Friday only, 1-5 07:00-19:00
city-no-mcc = '{ $value }' is no country code; write three digits, such as 510
city-no-mnc = '{ $value }' is no network code; write two digits, such as 01
city-of-technology = the kind of network
city-nothing-drawn = land.geojson: nothing is drawn in it, nor in roads.geojson; there is no map without either
city-without-coordinates = { $file }, feature { $number }, field geometry: it has no coordinates; draw it again
city-geometry = { $file }, feature { $number }, field geometry: { $detail }; draw it again
city-geometry-kind = { $file }, feature { $number }, field geometry: is a { $kind }; draw a { $wanted }
city-bbox = land.geojson, field bbox: { $detail }; write [west, south, east, north]
city-place-degrees = places.csv, row { $row }, field lat or lon: { $detail }; write degrees
city-map-not-written = the map cannot be written: { $detail }
city-map-unreadable = { $file } cannot be read

## cards (run_cards.toml)

cards-within = coverage, field within: must be seconds from 60 to 7200, such as 600
cards-watched = coverage, field watched
cards-no-list = card: write each one under a line [[card]]
cards-other-fields = card { $card }: has other fields than type, level, needs and places; remove them
cards-type = card { $card }, field type: '{ $value }' is not in incident_types.csv; correct it
cards-level = card { $card }, field level: must be a whole number from 1 to { $most }
cards-needs = card { $card }, field needs: is empty; write it like {"{"} fire = 4, ambulance = 1 {"}"}
cards-count = card { $card }, field needs: { $word } must be a number of units from 1 to 50
cards-field = card { $card }, field { $field }
cards-no-words = { $where }: must be a list of words, such as ["ambulance"]
cards-nobody-can = { $where }: no unit can do '{ $value }'; correct the word
cards-no-boundary = { $where }: no boundary is named '{ $value }'; correct the word

## queue-file (queues.toml)

queue-file-not-ready = field not_ready: { $detail }; give each [[not_ready]] an id, name_id and name_en
queue-file-no-tables = field queue: is no list of tables; begin each queue with a line [[queue]]
queue-file-field = queue { $number } ({ $queue }), field { $field }: { $what }
queue-file-used-twice = is used by a queue before; give each its own
queue-file-field-meant = is not known; did you mean { $near }?
queue-file-field-unknown = is not known; take the line out
queue-file-no-text = { $detail }; write text, like "112"
queue-file-no-seconds = { $detail }; write seconds, like 20
queue-file-no-whole-number = { $detail }; write a whole number, like 10
queue-file-no-list = { $detail }; write a list of texts, like ["en", "zh"]
queue-file-missing = is missing; fill it in
queue-file-no-id = is no id; use small letters, digits, '.' and '-', and no word with another meaning
queue-file-seconds-out-of-range = { $value } is out of range; write seconds from 0 to 86400
queue-file-out-of-range = is out of range; it must lie between { $low } and { $high }
queue-file-ring = '{ $value }' is not known; use longest-idle or ring-all
queue-file-no-word = '{ $value }' is no word; use small letters, digits and '-'
queue-file-no-boundary = there is no '{ $value }'; take a name from boundaries.geojson
queue-file-no-service = '{ $value }' is no service; write them like "sos.fire"
queue-file-no-other-queue = there is no other queue '{ $value }'; take the id of another queue
queue-file-default-takes-all = 112 takes every call that is left; give this queue another id, or take out what it asks for (services, called, boundaries, languages)
queue-file-no-call-comes = no call comes here; say which do: services, called, boundaries, languages
queue-file-field-of-no-id = queue { $number } (no id), field { $field }: { $what }

## street-file (roads.geojson)

street-file-feature = feature { $number } ({ $name })
street-file-feature-unnamed = feature { $number } (no name)
street-file-class = { $where }, field class: '{ $value }' is unknown; use one of { $known }
street-file-no-line = { $where }, field geometry: is no LineString; draw the street as one line
street-file-coordinates = { $where }, field coordinates: { $detail }; write pairs of [lon, lat]
street-file-no-length = { $where }, field coordinates: a street needs two different points; draw it again
street-file-no-number-above-0 = { $where }, field { $field }: '{ $value }' is no usable number; write one above 0
street-file-bars = { $where }, field bars: '{ $value }' is no list of them; use some of { $known }
street-file-no-measure = { $where }, field { $field }: '{ $value }' is no usable number; write it in metres or tonnes
street-file-hours = { $where }, field hours: '{ $value }' is no span; write it like [6, 18.5]

## turn-file (turns.geojson)

turn-file-off-the-streets = feature { $number }, field coordinates: no street runs straight from { $start } to { $end }; draw the turn along the corners of the streets
turn-file-one-street = feature { $number }, field coordinates: the line stays on one street; draw it on
turn-file-no-line = feature { $number }, field geometry: is no LineString; draw the turn as one line
turn-file-coordinates = feature { $number }, field coordinates: { $detail }; write pairs of [lon, lat]
turn-file-bars = feature { $number }, field bars: '{ $value }' is no list of { $known }

## camera (why it gives no pictures; console/cameras/reasons.py)

camera-address = the camera's address is badly written; correct it in the camera list
camera-name = the camera's host name is not known; check the name service
camera-not-allowed = the camera's address is not permitted; list its network in the setting camera_allow
camera-login = the camera refuses its user or password; correct them in the camera list
camera-http = the camera answers HTTP { $code }
camera-redirects = the camera redirects more than three times
camera-too-big = the camera sends more than { $limit } bytes for one picture
camera-not-playlist = the camera's HLS address gives no playlist; check the address
camera-segments = the camera's HLS stream is encrypted or not MPEG-TS; choose another stream
camera-not-jpeg = the camera's picture address gives no JPEG; check the address
camera-not-h264 = the camera's video is not H.264; set its stream to H.264 in the camera
camera-broken = the camera's stream is damaged; restart the camera if this comes back
camera-ended = the camera ended its stream; connecting again
camera-unreachable = the camera can not be reached; check its power and network
camera-silent = no picture for { $seconds } seconds; connecting again
camera-still = no new picture arrives
camera-program = the camera programs are missing on the server: apt-get install ffmpeg util-linux

## tile (of a camera)

tile-connecting = CONNECTING
tile-live = LIVE
tile-frozen = FROZEN
tile-unreachable = UNREACHABLE
tile-refused = NOT PERMITTED
tile-last_picture = Last picture at { $at } ({ DURATION($ago) } ago)
tile-never_seen = No picture yet
tile-console = the connection to the server is lost; connecting again
tile-forbidden = you may not watch this camera
tile-unknown = this camera is not in the list
tile-decode = the browser can not play the camera's video; trying again
tile-picture = Picture of camera { $name }

## reference (why a location server gave nothing; console/dereference.py)

reference-not-listed = not in location_servers
reference-name = its name is not known to the name service
reference-address = it is no address that can be asked
reference-not-allowed = its name leads to this machine or to a link-local address; list that address itself
reference-ended = the connection broke
reference-too-big = the answer has more than { $limit } bytes
reference-too-late = no answer within { $seconds } s
reference-unusable = the answer cannot be used: { $detail }
reference-not-reached = not reached: { $detail }
reference-http = the server answers HTTP { $code }
reference-elsewhere = the server sends us to a host that is not in location_servers
reference-redirects = the server redirects more than twice

## kept

kept-recording = Recording
kept-photo = Photo
kept-message = Raw message
kept-catalogue = Catalogue

## problem (what the API answers when something is not done)

problem-not-our-page = This request does not come from our page; send application/json from the same origin.
problem-other-site = This request comes from another site; open our page and do it there.
problem-too-many-tries = Too many tries. Wait five minutes, or ask the admin for a new password.
problem-wrong-method = This address is served by { $methods } only.
problem-no-such-address = There is nothing at this address; see /openapi.json.
problem-head-changes-nothing = Send it by GET or POST; HEAD changes nothing.
problem-token-or-post = Send a token, or use POST.
problem-session-ended = Your session was ended (signed out, or password, role or account changed). Sign in with the password of now, or ask the admin.
problem-session-over = The session is over; sign in again.
problem-sign-in-first = Sign in first, or send a token.
problem-other-role = Only for the roles: { $roles }.
problem-accounts-away = The accounts cannot be read now; calls are still answered. Try again in a moment.
problem-our-fault = A fault in our program; it is logged. Try again, then call the technician.
problem-body-too-large = The body may have { $most } bytes at most.
problem-bad-key = An Idempotency-Key has 8 to 100 letters, digits or . _ ~ : -
problem-bad-days = The days must be in order and { $most } at most; correct 'from' and 'to'.
problem-bad-field = The field { $field } is not right: { $expected }.
problem-bad-body = The request is not right: { $expected }.
problem-field-missing = The field { $field } is missing; add it.
problem-field-unknown = There is no field { $field }; check its spelling in /openapi.json.
problem-no-json = The request is not right: it is no correct JSON, at byte { $byte }.
problem-cut-off = The request is not right: it was cut off; send it whole.
problem-no-utf8 = The request is not right: it is not UTF-8.
problem-too-deep = The request is not right: it is nested too deep.
problem-malformed = This cannot be used: { $detail }
problem-no-such-street = There is no street of that name there; choose one from the search, or draw on the map.
problem-no-unit-for-that = No unit can do that; one of: { $capabilities }.
problem-account-without-unit = This account has no unit; ask the admin.
problem-foreign-entry = This entry is of another journal, or of a state of it that was lost when a backup was put back. Load the page again.
problem-erase-one = Name a call or an incident, one of the two.
problem-erase-open = { $about } goes on; erase it when it is over.
problem-erase-owed = Call { $call } is on the callback list; settle that first.
problem-erase-unknown = The journal knows no { $about }. Look its id up on the audit page.
problem-not-all-erased = Not all files are erased yet. Look at the disk, then repeat it. ({ $detail })
problem-no-demo-notice = This notice is not in the demo's outbox.
problem-photo-of-no-call = This photo is of no call on the board; only an auditor can see it.
problem-photo-gone = This photo is not here; it may have been erased lawfully.
problem-incident-off-board = This incident is no longer on the board.
problem-demo-password = Everybody knows this password of the demo, so it opens nothing here. Ask the admin for a new one.
problem-wrong-password = The name or the password is wrong. Check capitals, then try again.
problem-choose-unit = Choose your unit.
problem-not-in-time = Not in the journal yet; it will be when the journal is back. Repeat it with the same key: it will not be done twice.
problem-no-such-call = There is no call { $call }.
problem-no-such-incident = There is no incident { $incident } on the board; find it by its call.
problem-no-such-assignment = There is no such assignment.
problem-incident-without-place = The incident has no place yet.
problem-sign-on-first = Sign on to a position first.
problem-audio-over = The audio has ended; connect again.
problem-no-audio = No audio; reload the page. ({ $detail })
problem-no-audio-described = No audio: the browser sent no usable description of its audio.
problem-audio-not-encrypted = No audio: the browser's audio is not encrypted (no DTLS fingerprint).
problem-switch-away = No audio: the switch is not running; start the telephony process.
problem-audio-refused = No audio: the switch answers { $answer }; reload the page.
problem-audio-cut = No audio: the switch closed the connection; reload the page.
problem-map-replaced = This map was replaced; load the page again.
problem-own-account = You cannot remove your own account.
problem-draft-not-kept = What you wrote is not kept in the room yet; it stays on this screen and is sent again.
problem-draft-gone = There is no such draft any more: it became an incident, was thrown away, or is too old to be put back.
problem-draft-of-what = Name the call, the incident or an id of its own for this draft.
problem-too-many-drafts = You have { $most } open drafts; open or throw away one of them first.
problem-look-not-kept = The journal cannot be written, so that this look would not be kept. Try again later.
problem-own-recordings-only = Only recordings of your own calls.
problem-recording-gone = This recording is not here; it may have been erased lawfully. Ask the technician.
problem-catalogue-gone = The words that were in force then are not here. Put the data folder's catalogues back from a backup.
problem-network-not-listed = Your network is not listed in aml_from.
problem-aml-empty = There is no device_number, device_imei or location in it.
problem-token-of-a-unit = This token is a unit's; make one without a unit.
problem-too-many-messages = Too many messages; wait a moment.
problem-unknown-centre = This token is named { $centre }, and centres.csv knows no such centre; make one with --name ID.
problem-centre-too-often = Too often; wait a minute, or call us.
problem-no-such-alert = We told you of no alert { $alert }, or it is over.
problem-journal-away = Our journal cannot be written; call us.
problem-link-over = This link is no longer valid. Call 112.
problem-places-too-often = Places come too often; wait a moment.
problem-line-empty = The message is empty.
problem-no-more-photos = No more photos can be taken.
problem-photo-not-kept = The photo is not kept yet; try again.
problem-photo-size = A photo of { $bytes } bytes is not taken; it has 1 to { $most }.
problem-photo-pixels = A photo of { $width } × { $height } pixels is too large; at most { $most } are read.
problem-no-photo = This is not a JPEG, PNG or WebP picture. ({ $detail })
problem-caller-too-often = Too often. Wait, or call 112.
problem-too-often = Too often; wait a moment.
problem-not-kept = Not kept yet; try again.

## expected (what a field should have been; stands in problem-bad-field)

expected-type = it must be { $types }
expected-type-not = it must be { $types }, not { $given }
expected-at-least = at least { $limit }
expected-at-most = at most { $limit }
expected-above = more than { $limit }
expected-below = less than { $limit }
expected-smaller = the number is too large
expected-letters-least = at least { $n } letters
expected-letters-most = at most { $n } letters
expected-letters-just = it must have { $n } letters
expected-items-least = { $n ->
    [one] at least one item
   *[other] at least { $n } items
}
expected-items-most = { $n ->
    [one] at most one item
   *[other] at most { $n } items
}
expected-items-just = { $n ->
    [one] it must have one item
   *[other] it must have { $n } items
}
expected-one-of = one of: { $words }
expected-pattern = it must match the pattern { $pattern }
expected-known = '{ $given }' is not known here
expected-day = a day like 2026-11-25
expected-other = { $detail }

## type (of a field)

type-int = a whole number
type-float = a number
type-str = a text
type-bool = true or false
type-null = null
type-object = an object
type-array = a list

## account

account-unknown-role = The role '{ $role }' is not known; use one of: { $roles }.
account-bad-name = A user name has letters, digits, '-', '.' and '_' only.
account-password-too-short = The password is too short; use at least { $least } characters.
account-password-published = This password is printed in the demo's documents; choose another one.
account-password-of-the-demo = The password of '{ $name }' is the demo's; set another: siaga user add { $name }
account-none-of-that-name = There is no account '{ $name }'.
account-make-it-first = There is no account '{ $name }'; make it first with `siaga user add`.
account-name-too-long = A name may have { $most } letters at most.
account-skill-no-word = The skill '{ $word }' is no word; use letters, digits and '-', such as en, zh, fire.
account-too-many-skills = { $n } skills are too many; at most { $most } can be kept.
account-token-not-one = { $n ->
    [0] There is no token '{ $name }' (`siaga token list`, `siaga device list`).
   *[other] { $n } tokens are called '{ $name }'; name the id of one (`siaga token list`, `siaga device list`).
}
account-name-the-person = Name the person: siaga user { $what } NAME
account-token-without-role = Say what it may do: siaga token create --role { $roles }
account-unit-misspelt = There is no unit '{ $unit }'; did you mean { $near }?
account-no-such-unit = There is no unit '{ $unit }'; the city's units.csv lists them.
account-bad-device-name = The name '{ $name }' cannot be used; take letters, digits, blanks, '.', '-' and brackets.
account-device-there = There is a device '{ $name }' already; give this one another name, or remove that one first.

## ready_or (of a position, in the story of a call)

ready_or-yes = ready
ready_or-no = not ready

## damage (kinds of what is wrong with the journal)

damage-chain = chain of entries
damage-recording = recordings
damage-photo = photos
damage-message = raw messages
damage-catalogue = catalogues
damage-keys = keys
damage-account = accounts
damage-index = index

## event

event-Erased = What was recorded of { $subjects } erased by { $rule }, letter { $letter }, by { $by }; { $digests } files
event-CallReceived = Call received from { $caller } ({ $service })
event-LocationReceived = Location received: { $location } { $by }
event-LocationChosen = The best location is now number { $observation }: { $why }
event-LocationVerified = Location number { $observation } verified by { $by }
event-LocationContradicted = Location number { $observation } contradicts the verified one (number { $verified }): { $metres } m
event-CivicReceived = Address received: { $text }
event-LocationReferenced = Reference ({ $kind }) to be asked: { $uri }
event-ReferenceTried = Reference asked: { $uri } { $why }
event-AdditionalDataReceived = Additional data received: { $kind }
event-AmlReceived = Location message of the phone { $number } by { $via }: { $location }
event-AmlClaimed = The phone's location message (entry { $aml }) belongs to this call
event-AmlLapsed = The phone's location message (entry { $aml }) waits for no call any more
event-CallQueued = Put in queue { $queue }
event-CallScored = Score { $value } for a prank or ghost call: { $reasons }
event-CallScored-suspected = Suspected prank or ghost call, score { $value }: { $reasons }
event-CallPrioritised = Goes before others: { $why }
event-CallOverflowed = Waits long; also asked: { $to }
event-PlacesTold = Told their place in the queue: { $calls }
event-WrapUpBegan = The outcome of the call is asked of position { $position }
event-WrapUpEnded = The time is over without an outcome
event-CallOffered = Rings at position { $position }
event-CallAccepted = Answered by { $by } at position { $position }
event-CallBridged = Caller and { $position } hear each other
event-CallParted = The bridge ended at our side { $why }
event-AnnouncementStarted = The caller hears the announcement
event-CallEnded = Call ended by { $by } ({ $why })
event-LegLost = Line lost when the switch restarted
event-CallbackOwed = A callback is owed: { $why }
event-CallbackCleared = Callback done ({ $by }) { $reason } { $why }
event-CallDisposed = Classified as { $disposition } by { $by }
event-CallPlaced = { $by } calls { $number } from position { $position }
event-CallPlaced-back = { $by } calls { $number } back from position { $position }
event-PositionJoined = Position { $position } is in the conversation as well: { $mode }
event-PositionParted = Position { $position } left the conversation
event-ModeChanged = { $member } now: { $mode }
event-PartyDialled = { $by } calls { $party } into the conversation
event-PartyDialled-blind = { $by } sends the caller on to { $party } without waiting for an answer
event-PartyJoined = { $party } answered and is in the conversation
event-PartyLeft = { $party } left the conversation: { $why }
event-CallTransferred = { $by } left the caller with { $party }
event-CallTakenOver = { $by } took the call over at position { $position }
event-CallTakenOver-before = { $by } took the call over from { $before } to position { $position }
event-DtmfReceived = The caller pressed { $digits }
event-DtmfReceived-party = { $party } pressed { $digits }
event-DtmfSent = { $by } sent the keys { $digits } to the caller
event-DtmfSent-party = { $by } sent the keys { $digits } to { $party }
event-SilenceNoted = Nothing was heard from the caller for { $seconds } s
event-SilenceNoted-heard = The caller is heard again
event-CallerPrompted = The caller is asked to press 5 if they cannot speak ({ $times })
event-PromptsUnanswered = No key and no sound after { $times } prompts
event-SilentLetGo = The line is ended by the setting hang_up_silent: nothing was heard for { $seconds } s, { $prompts } prompts were not answered
event-MsdReceived = The vehicle sent its data: { $msd }
event-TextReceived = The caller writes ({ $via }): { $text }
event-TextSent = { $by } writes ({ $via }): { $text }
event-NoticeOrdered = Notice { $notice } ({ $channel }) to { $to }, by { $by }
event-NoticeRepeated = Notice { $notice } is tried again
event-NoticeSent = A gateway took notice { $notice }
event-NoticeSent-demo = Demo: notice { $notice } was not sent, but written into a file
event-NoticeFailed = Notice { $notice } did not leave and is given up: { $why }
event-NoticeFailed-again = Notice { $notice } did not leave yet and will be tried again: { $why }
event-LinkSent = { $by } sent the location link ({ $channel }) to { $to }
event-LinkOpened = The caller opened the link
event-LinkConsented = The caller agreed: { $what }
event-LinkConsented-withdrawn = The caller took back the consent: { $what }
event-LinkClosed = The link was closed ({ $by })
event-PhotoReceived = A photo from the caller: { $width } × { $height }, { $digest }
event-PhotoViewed = { $by } looked at the photo { $digest }
event-EidoRead = { $to } fetched the data of { $about } from { $address }
event-ReferenceGiven = { $to } was given a reference to the data of { $about }
event-RecordingSealed = Recording of { $leg } sealed: { $seconds } s, { $digest }
event-RecordingIncomplete = Recording of { $leg } is incomplete: { $missing } of { $seconds } s are missing ({ $why })
event-RecordingIncomplete-running = Recording of { $leg } has stopped at { $seconds } s ({ $why }); it is tried again
event-SoundStrayed = Sound went wrong and was mended: { $listener } did not hear { $speaker }
event-SoundStrayed-heard = Sound went wrong and was mended: { $listener } heard { $speaker }
event-DiscrepancyNoted = Discrepancy: { $what }
event-PositionOpened = { $user } opened position { $position } ({ $media }) { $skills }
event-PositionReady = Position { $position } is { $ready } { $reason }
event-PositionClosed = Position { $position } closed { $why }
event-PositionAttended = Somebody is at position { $position }
event-PositionUnattended = Nobody is at position { $position } ({ $why })
event-PositionLegUp = Audio of position { $position } connected
event-PositionLegDown = Audio of position { $position } lost { $why }
event-IncidentOpened = Incident { $incident } opened: { $type } by { $by }
event-IncidentChanged = Incident { $incident } changed by { $by } { $type } { $address }
event-IncidentClosed = Incident { $incident } closed by { $by } { $outcome }
event-NoteAdded = Note by { $by }: { $text }
event-CallLinked = Call linked to { $incident } by { $by }
event-RecommendationMade = Units recommended: { $candidates }
event-UnitRegistered = Unit { $unit } registered
event-UnitRetired = Unit { $unit } retired
event-UnitStatusChanged = Status of { $unit }: { $status } ({ $by })
event-UnitAssigned = { $unit } assigned by { $by }, rank { $rank } { $override }
event-AssignmentAcknowledged = Assignment { $assignment } acknowledged by { $by }
event-AssignmentProgressed = Assignment { $assignment }: { $progress } ({ $by })
event-AssignmentUnanswered = Assignment { $assignment } not acknowledged after { $waited } s
event-ProgressTold = { $by } reported { $progress }, but the assignment { $assignment } was { $state } already
event-AssignmentReleased = Assignment { $assignment } released by { $by } { $reason } { $why }
event-PlaceDoubted = The place of { $incident } lies within our boundaries again
event-PlaceDoubted-outside = The place of { $incident } is doubted: { $text }
event-PlaceConfirmed = { $by } made sure of the place of { $incident }
event-CentreAlerted = { $centre } is told of { $incident } ({ $why }), alert { $alert }, version { $version } { $asks }
event-AlertWithdrawn = Alert { $alert } is over: { $state }
event-AlertReceived = { $centre } tells us of { $theirs }: { $type } { $address } ({ $state }) { $asks }
event-AlertLinked = Alert { $alert } belongs to { $incident } ({ $by })
event-AlertAnswered = Answer to alert { $alert }: { $answer } { $units } { $text } ({ $by })
event-AlertUnanswered = Alert { $alert } not answered after { $waited } s
event-UnitsSighted = Units seen: { $fixes }
event-OrderIssued = Order to the switch: { $do } { $position } { $party }
event-OrderDone = Order { $order } carried out
event-OrderFailed = Order { $order } failed: { $why }
event-OrderExpired = Order { $order } not answered
event-CanaryScheduled = The next canary is scheduled
event-CanaryStarted = Canary { $canary } to { $uri } asked for by { $by }
event-CanaryRang = Canary { $canary } rang
event-CanaryAnswered = Canary { $canary } was answered
event-CanaryEnded = Canary { $canary } ended { $why }
event-CanaryCame = Canary { $canary } came in as { $call }
event-CanaryHeard = The tone of canary { $canary } ({ $way }) was measured: { $share }
event-CanaryPassed = Canary { $canary } passed
event-CanaryFailed = Canary { $canary } failed: { $text }
event-AlarmRaised = Alarm: { $text }
event-AlarmCleared = Alarm { $alarm } cleared ({ $by })
event-CameraViewed = Camera { $camera } viewed by { $by }
event-RecordingPlayed = Recording { $digest } played by { $by }
event-CallReplayed = Call replayed by { $by }
event-JournalRead = Journal read by { $by }
event-JournalVerified = { $by } verified the journal. Intact: { $intact } ({ $faults })
event-UserSignedIn = { $user } signed in ({ $role })
event-UserSignedOut = { $user } signed out
event-SignInRefused = Sign-in refused: { $user }
event-SwitchConnected = Switch { $boot } connected
event-SwitchLost = Switch { $boot } lost
event-TrunkLost = The trunk { $trunk } does not answer
event-TrunkBack = The trunk { $trunk } answers again
event-ClockStepped = The clock of the { $of } was set by { $seconds } s
event-ProcessStalled = The { $of } did not run for { $seconds } s
event-RoomStarted = Control room started
event-CatalogueInForce = Words of { $language } in force: { $digest }
event-CommandRefused = Refused for { $by }: { $text }
event-AccountChanged = Account { $user } changed by { $by } ({ $role }) { $skills }
event-PlaceAliasAdded = { $by } named a place: { $alias } { $name }
event-PlaceAliasAdded-learnt = learnt from the map: { $alias } { $name }
event-PlaceAliasRemoved = { $by } removed the place name { $alias }
event-AlarmLevelRaised = { $incident }: alarm level { $level }, by { $by }
event-ShiftsChanged = shifts: { $changes }
event-StreetClosed = { $by } closed { $pieces } pieces of street ({ $closure }): { $streets } { $why }
event-StreetReopened = { $closure } is open again: its time is over
event-StreetReopened-by = { $by } opened { $closure } again
event-ConditionsSet = what was said of rain and water no longer holds
event-ConditionsSet-by = { $by }: rain { $rain }, water { $tide_m }
event-WaysReviewed = ways reviewed: { $incident }
event-WaysReviewed-changed = ways reviewed, the ranking changed: { $incident }
event-LinkAsked = Another browser opened the caller's link and waits to be let in
event-LinkAnswered = { $by } answered the other browser that opened the caller's link
event-DraftDiscarded = Draft { $draft } discarded by { $by }: { $words }
event-DraftRestored = Draft { $draft } put back by { $by }

## column (of the table of the queues)

column-day = day
column-hour = hour (WIB)
column-queue = queue
column-received = received
column-answered = answered
column-within = answered <= { $s } s
column-lost-at-once = lost at once (< 2 s)
column-lost-waiting = lost while waiting
column-lost-announced = lost after the announcement
column-lost-failed = lost by our fault
column-overflowed-in = overflowed in
column-overflowed-out = overflowed out
column-open = open
column-suspected = suspected
column-mean-wait = mean wait (s)
column-longest-wait = longest wait (s)
column-emergency = emergency
column-information = information
column-prank = prank
column-ghost = ghost
column-test = test
column-unclassified = answered, not classified

## overflow

overflow-wrap-up = positions that still owe an outcome
overflow-anybody = all call-takers
overflow-phones = telephones outside
overflow-alternate-centre = the alternate centre
overflow-none = the same once more

## link

link-title = The 112 emergency centre wants to help you
link-why = The 112 centre of { $city } sent you this page so that help finds you.
link-law = By pressing the button you agree that 112 { $city } receives the location, photos and messages that you send, only to help in this incident (Law 27/2022). They are kept with the record of the call. You can stop at any time.
link-start = Send my location
link-only = Only write, without my location
link-off = Your location is not sent
link-asking = Looking for your location … allow it when asked
link-searching = Your location is not found yet. Go where the sky is open, if that is safe
link-denied = The telephone refuses to give its location. Allow it for this page in the settings, then press again
link-no_gps = This telephone cannot give its location here. Write where you are
link-sending = Sending your location …
link-seen = The centre sees your location ±{ $m } m
link-last = Sent at { $at }. Keep this page open.
link-waiting = { $n } places wait for the network
link-again = Try again
link-stop = Stop sending my location
link-photo = A photo that was sent
link-photo_take = Send a photo
link-photo_why = Take photos only where it is safe. The 112 centre sees them.
link-photo_sent = Photos that arrived: { $n }
link-photo_failed = This photo cannot be sent.
link-chat = Messages
link-write = Write to the centre
link-send = Send
link-you = You
link-centre = 112
link-call = Call 112
link-gone = This page is no longer valid
link-gone_how = If you still need help, call 112. The centre can send you a new link.
link-no_script = This browser cannot send your location. Call 112 and say where you are.
link-asks = This page is open in another browser
link-asks_how = Tell the 112 operator that you opened it here, or go back to where you opened it first. If you cannot, call 112.
link-silent = No word from 112 for { $s } seconds
link-silent_do = This page keeps trying; what you write is sent once it is back. If it is urgent, call 112.

## sent_link

sent_link-title = Location link
sent_link-send_link = Send location link
sent_link-again = Send the link again
sent_link-channel = Send by
sent_link-number = Number of a mobile telephone
sent_link-by = { $channel } { $to }
sent_link-waiting = on its way
sent_link-failed = not sent yet, tried again
sent_link-sent = sent
sent_link-demo_only = demo, not sent
sent_link-given_up = not sent
sent_link-failed_how = If it is urgent, ask for another number, or ask where they are.
sent_link-opened = opened { $at }
sent_link-not_opened = not opened yet
sent_link-left = works for { $m } more minutes
sent_link-closed = closed
sent_link-places = places: { $n }, the last { $at }
sent_link-close = Close the link
sent_link-demo = Demo: this message is not sent.
sent_link-demo_show = Show it
sent_link-demo_open = Open it as the caller
sent_link-photo = Photo { $n } · { $at }
sent_link-asking = another browser asks
sent_link-asks = { $at }: another browser opened this link ({ $agent }). Ask the caller whether it is theirs.
sent_link-let_in = Let it in
sent_link-keep_out = Keep it out

## consent

consent-location = location
consent-photos = photos
consent-chat = messages

## channel

channel-sms = SMS
channel-whatsapp = WhatsApp
channel-technician = technicians
channel-centre = neighbouring centre

## capability

capability-fire = fire
capability-water-tank = water tank
capability-ambulance = ambulance
capability-advanced = advanced ambulance
capability-first-response = first-response motorcycle
capability-police = police
capability-traffic = traffic police
capability-crowd = crowd control
capability-rescue = rescue crew
capability-water-rescue = water rescue
capability-boat = boat
capability-animal = animal handling
capability-disaster = disaster team

## unready

unready-assigned = assigned to { $incident }
unready-busy = busy
unready-off_duty = off duty
unready-unacknowledged = did not acknowledge

## weekday

weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

## side

side-n = northern
side-ne = north-eastern
side-e = eastern
side-se = south-eastern
side-s = southern
side-sw = south-western
side-w = western
side-nw = north-western

## series

series-sentences = { $first } { $second }
series-and = { $most } and { $last }
series-lines = { $first }
    { $second }
series-paragraphs = { $first }
    {""}
    { $second }

## travel (of a unit to a place, with its turn-out)

travel-plain = { DURATION($seconds) } ({ DISTANCE($metres) })
travel-station = { DURATION($seconds) } ({ DISTANCE($metres) }), including { DURATION($turnout) } to turn out
travel-night = { DURATION($seconds) } ({ DISTANCE($metres) }), including { DURATION($turnout) } to turn out by night
travel-away = { DURATION($seconds) } ({ DISTANCE($metres) }), including { DURATION($turnout) } to set off, away from its station
travel-rolling = { DURATION($seconds) } ({ DISTANCE($metres) }), including { DURATION($turnout) } as it is moving already

## reason (why a unit stands where it stands in a ranking)

reason-suggested = Suggested for { $capability }.
reason-must-be-asked = Of { $centre }, must be asked.
reason-off-shift = Off shift until { $until }.
reason-off-shift-till-day = Off shift until { $day } { $until }.
reason-could-come = Could be there in { $travel }.
reason-cut-off = There is no way there now.
reason-quickest = Quickest by travel time: { $travel }.
reason-later = { DURATION($gap) } later than { $unit }: { $travel }.
reason-as-quick = As quick as { $unit }: { $travel }.
reason-slower-by-road = { $unit } is nearer on the map but { DURATION($gap) } slower by road.
reason-not-free = { $unit } is nearer but not available.
reason-not-free-why = { $unit } is nearer but not available ({ $why }).
reason-uncovers = Leaves { $area } { $share } % uncovered ({ $capability }).
reason-sooner-but-uncovers = { DURATION($gap) } sooner than { $unit }, but leaves { $area } { $share } % uncovered ({ $capability }).
reason-longer-way = Its usual way is closed: { DURATION($gap) } longer.
reason-too-far = Too far to be suggested.
reason-off-road = { DISTANCE($metres) } of the way lie off the road.
reason-ferry = By public boat and on foot.
reason-own-boat = By its own boat.
reason-estimate = Estimated from a straight line, not from roads.
reason-doubt-jump = Its position jumps; reckoned from the last sure one.
reason-doubt-inaccurate = Its position is known only roughly.
reason-doubt-clock = Its device's clock is wrong; the position may be old.
reason-doubt-silent = Silent for long; reckoned from its station.
reason-doubt-frozen = Its position stands still although it is under way.
reason-last-seen = Last position { DURATION($age) } ago.
reason-no-gps = Position taken from its station, no GPS.
reason-edge = At the { $sides } edge of the caller's area this unit would be first.
reason-edge-other = At the { $sides } edge of the caller's area { $unit } would be first.
reason-every-edge = At every edge of the caller's area this unit would be first.
reason-every-edge-other = At every edge of the caller's area { $unit } would be first.

## hindrance

hindrance-elsewhere = Its usual way is closed.
hindrance-closed = { $street } is closed.
hindrance-closed-unnamed = A street without a name is closed.
hindrance-too-low = { $way }: the water is too low.
hindrance-too-high = { $way }: the water is too high.
hindrance-no-ferry = { $way }: no ferry between { CLOCK($last) } and { CLOCK($first) }.

## missing (why a need stays open)

missing-no-others = { $capability }: there are no other units.
missing-where = { $count ->
    [one] { $capability }: of 1 unit { $where }.
   *[other] { $capability }: of { $count } units { $where }.
}
missing-busy = { $count } busy
missing-off-duty = { $count } off duty
missing-too-far = { $count } too far
missing-cut-off = { $count } without a way there now
missing-suggested = { $count } suggested already
missing-ranking-failed = The ranking failed, by a fault of our program: choose by hand.

## method (how a ranking was made)

method-roads = travel time, roads and boats
method-straight-line = straight line x 1.4 at 30 km/h
method-ranked = { $count ->
    [one] 1 unit ranked
   *[other] { $count } units ranked
}
method-conditions = { $conditions }
method-closed = { $count ->
    [one] 1 piece of street closed
   *[other] { $count } pieces of street closed
}
method-old-coverage = coverage before that
method-failed = a fault of our program kept it from being made
conditions-night = night
conditions-rush-hour = rush hour
conditions-rain = rain
conditions-low-water = low water
conditions-high-water = high water

## what-if (siaga replay --policy)

what-if-recomputed = Recomputed: what follows did not happen, but for the first line. The journal was read and not changed.
what-if-period = { $incidents ->
    [one] 1 incident from { $first } to { $last }, { $jobs } units sent, { $crews } units of our own. Late: over { $late } s.
   *[other] { $incidents } incidents from { $first } to { $last }, { $jobs } units sent, { $crews } units of our own. Late: over { $late } s.
}
what-if-left-out = Left out: { $what }.
what-if-left-nowhere = { $count } incidents without a location
what-if-left-nobody = { $count } incidents to which nobody was sent, or nobody came
what-if-left-called-off = { $count } assignments that were called off before they arrived
what-if-left-not-done = { $count } assignments that were not done when the journal ended
what-if-left-neighbour = { $count } assignments of a neighbouring centre's units
what-if-left-unknown = { $count } assignments of units that the journal does not register
what-if-left-unreached = { $count } incidents that nobody would have reached under one of the policies
what-if-taken = Taken from the record: { $handling } s from call to sending (median), driving times differ from the expected by { $spread }% (standard deviation).
what-if-differences = Seconds from the call to the first unit on scene. Differences are against '{ $base }', ± 95 % confidence.
what-if-as-recorded = as recorded
what-if-same-units = same units, re-run
what-if-points = points
what-if-head-policy = policy
what-if-head-incidents = incidents
what-if-head-mean = mean
what-if-head-median = median
what-if-head-p90 = p90
what-if-head-late = late
what-if-head-mean-differs = mean differs by
what-if-head-late-differs = late differs by
what-if-head-by-capability = by capability: mean, and late
what-if-head-by-district = by district: mean, and late
what-if-head-differs-most = differs most
what-if-head-type = type
what-if-head-called = called
what-if-incident = { $incident } { $type }, called { $called }; seconds after the call
what-if-as-it-was = as recorded: the first of { $units } after { $seconds } s
what-if-job = { $unit } for { $capability }: sent { $sent } s, there { $there } s
what-if-reading = reading the journal: { $count } entries
what-if-running = { $policy }: { $done } of { $count }
what-if-wrong-both = --policy works anew what happened, --call and --at show it: ask for one of them
what-if-wrong-late = --late must be seconds from 60 to 7200, such as 600
what-if-wrong-policy = --policy knows { $known }, not '{ $name }'
what-if-wrong-no-policy = say by which rule: --policy with one or several of { $known }
what-if-wrong-order = --to lies before --from; exchange them
what-if-wrong-day = '{ $said }' is no day; write it like 2027-01-31 or 2027-01-31T18:00
what-if-wrong-incident = the incident '{ $incident }' is not among those of the period to which a unit came
what-if-wrong-empty = in this period the journal has no incident to which a unit came; choose another one with --from and --to
what-if-wrong-nobody-free = no unit was free for any incident of this period; choose a longer one

## advice

advice-move-up = { $area } is only { $covered } % covered ({ $capability }). Advice: { $unit } stands by at { $base }, making it { $then } %.

## alarm

alarm-order-failed = '{ $order }' was not carried out: { $why }. Try again.
alarm-canary-failed = The test call failed: { $missing }. Call 112 from a mobile, then call the network operator.
alarm-canary-failed-by = The test call failed: { $missing } ({ $why }). Call 112 from a mobile, then call the network operator.
alarm-recording-incomplete = Recordings are incomplete, from call { $call } on: { $missing } of { $seconds } s are missing ({ $why }). Calls go on. Look at the switch's disk and make room; what is missing stands in the story of each call. Clear this alarm afterwards.
alarm-trunk-lost = The trunk { $trunk } is down ({ $why }); callers on it may not reach us. Call its operator, and check the network.
alarm-notice-failed = The notice to { $to } did not leave ({ $why }). Tell them another way; check the notify settings.
alarm-technicians = the technicians
canary-not-rang = it did not ring
canary-not-answered = it was not answered
canary-not-call = it did not come in here
canary-not-heard_out = its voice was not recorded
canary-not-heard_back = its voice did not come back
alarm-way-cut-off = { $unit } has no other way to { $incident }. Tell the crew by radio.
alarm-way-cut-off-instead = { $unit } has no other way to { $incident }. Tell the crew by radio. { $other } could be there sooner: send { $other }, then release { $unit }.
alarm-way-longer = { $unit } goes another way to { $incident }, { $minutes } minutes longer. Tell the crew by radio.
alarm-way-longer-instead = { $unit } goes another way to { $incident }, { $minutes } minutes longer. Tell the crew by radio. { $other } could be there sooner: send { $other }, then release { $unit }.
alarm-alert-over = { $centre }: their incident { $theirs } ({ $kind }) is over or withdrawn. Look after our units.
alarm-alert-received = { $centre } tells us: { $kind } ({ $why }). Answer, or open an incident.
alarm-alert-received-asking = { $centre } tells us: { $kind } ({ $why }). Asked for: { $units }. Answer, or open an incident.
alarm-no-number = (no number)
alarm-rights-ended = The rights of { $user } have ended while speaking with { $caller } at { $position }. Supervisors: take the call over, or let it end; no new call comes there.
alarm-order-expired = The switch did not carry out '{ $order }'. Check the telephony process.
alarm-switch-lost = The link to the switch is down. It answers by its standing orders; check the telephony process.
alarm-reports-missing = { $count ->
    [one] { $count } report of the switch never arrived (numbers { $numbers }, boot { $boot }); calls or recordings may be missing from the board. Compare with the recordings, and look at the switch's data folder.
   *[other] { $count } reports of the switch never arrived (numbers { $numbers }, boot { $boot }); calls or recordings may be missing from the board. Compare with the recordings, and look at the switch's data folder.
}
alarm-sound-heard = Sound went wrong and is mended: { $listener } heard { $speaker } (calls { $calls }). Make sure whom you talk with, note what was heard, and tell the makers of this program.
alarm-sound-not-heard = Sound went wrong and is mended: { $listener } did not hear { $speaker } (calls { $calls }). Make sure whom you talk with, note what was heard, and tell the makers of this program.
alarm-audio-broke = The audio of { $position } broke; caller { $caller } still waits. Answer again.
alarm-transfer-broke = Nobody is with { $caller } after the transfer; the caller still waits. Answer again.
alarm-outcomes-missing = { $count ->
    [one] { $count } call without an outcome. Ask its call-taker to say what it was.
   *[other] { $count } calls without an outcome. Ask their call-takers to say what they were.
}
alarm-link-after-call = { $to } sent something by the link after the call had ended; open the call { $call }.
alarm-told-too-late = { $unit } reported '{ $progress }' { $minutes } minutes ago for { $incident }, but it arrived after the assignment was over ({ $state }). Ask where they are.
alarm-not-acknowledged = { $unit } has not acknowledged { $incident } after { $seconds } seconds.
alarm-not-acknowledged-next = { $unit } has not acknowledged { $incident } after { $seconds } seconds. Next proposal: { $next }.
alarm-closer-unit = { $unit } is free now and could be at { $incident } { $minutes } minutes sooner than { $other }, which is under way. Send { $unit }, then release { $other }.
alarm-call-them = Call them, F10.
alarm-call-them-at = Call them, F10 ({ $contact }, { $number }).
alarm-answer-does-not-arrive = Our answer about { $theirs } does not reach { $centre }.
alarm-alert-not-heard = { $centre } does not know of { $incident } yet: { $why }.
alarm-alert-unanswered = { $centre } has { $incident } but has not answered.
alarm-aid-refused = { $centre } does not send { $unit } to { $incident }. Choose another unit.
alarm-clock-forward = The machine's clock was set forward by { $span }. Calls and deadlines go on; earlier times are by the old clock. Check NTP (timedatectl).
alarm-clock-back = The machine's clock was set back by { $span }. Calls and deadlines go on; earlier times are by the old clock. Check NTP (timedatectl).
alarm-stalled-room = The control room did not run for { $seconds } s and goes on; everybody has their time again. Look at who waits, then at the machine's load and its disk.
alarm-stalled-switch = The switch did not run for { $seconds } s and goes on; everybody has their time again. Look at who waits, then at the machine's load and its disk.
alarm-journal-damaged = The journal is damaged: { $count } entries cannot be used ({ $faults }). The board may lack something. Run `siaga verify`, look at the disk, and compare with a backup.
alarm-no-streets = The streets cannot be used, travel times are estimates: { $why }
alarm-journal-file-deleted = { $file } was deleted while the room ran; it was written again, nothing is missing. Find out by whom or what.
alarm-keys-missing = What { $entries } entries say of people cannot be opened: their master key is missing. Put the file master.key back from its copy (docs/operations.md), then start the room again. Calls are answered and recorded.
alarm-keys-not-kept = The master key of the journal cannot be kept ({ $what }). What is recorded now can be read until this room ends, and then no more. Mend the data folder.
alarm-keys-table = The table subject_keys of the database cannot be written; { $count } keys or erasures wait in memory and are lost when this room ends. Mend the database (docs/operations.md). Calls are answered and recorded.
alarm-keys-files = Look at { $files } in the data folder: it is no key, or others can read it (chmod 600).
alarm-catalogue-not-kept = The words that people read now cannot be kept in { $folder }: { $detail }. Calls go on. Make room or mend the disk; it is tried again every few seconds.
alarm-language-unread = dispatch/locale/{ $language }.ftl cannot be read, so nobody is offered that language; save it as UTF-8 and let the service read it, then restart the room
alarm-keys-unusable = { $file } cannot be used ({ $detail }); links to pages and incidents sent before this do not open. Mend the data folder, then start the room again.
alarm-mqtt-away = The MQTT broker is not connected ({ $why }); no positions of units come by it. Check the broker and the setting mqtt.
alarm-no-map = The base map cannot be made; the map is drawn plainly from the city's files: { $why }
alarm-switch-stuck = The switch { $parts }. New calls may not be answered; restart the telephony process.
alarm-switch-unread = The switch sends what this room cannot read; it is kept in the journal. Bring both to the same version, and look at the log.
alarm-spool-gone = The switch's spool: { $file } is gone; reports from before that the room had not taken yet are lost. Look at the disk and at the data folder.
alarm-spool-unread = The switch's spool: { $file } cannot be read in full; the other { $reports } reports in it are sent ({ $what }). Look at the disk and at the data folder.
alarm-spool-deleted = The switch's spool: { $file } was deleted while the switch ran; the { $reports } reports not taken yet are written anew. Look at the disk and at the data folder.
alarm-spool-exchanged = The switch's spool: { $file } was exchanged while the switch ran; the { $reports } reports not taken yet are written anew. Look at the disk and at the data folder.
alarm-spool-cut = The switch's spool: { $file } was cut while the switch ran; the { $reports } reports not taken yet are written anew. Look at the disk and at the data folder.
alarm-spool-written = The switch's spool: { $file } was written to by another program while the switch ran; the { $reports } reports not taken yet are written anew. Look at the disk and at the data folder.
alarm-switch-disk = The switch cannot write to its disk ({ $why }). Calls are answered; reports are in memory only and lost when it ends, recordings may be missing. Make room or mend the disk; the rest comes back by itself.
alarm-switch-socket = The switch's socket cannot be made ({ $detail }); the room on this machine is connected without a file. Mend that folder, or the setting 'switch_socket'.
alarm-switch-settings = Settings of the switch are wrong, defaults are used: { $complaints }. Correct them, then start it again.
alarm-spool-kept = The switch's spool: { $file } of before is kept as { $kept }. Look at the disk and at the data folder.
alarm-journal-away = The journal cannot be written ({ $why }). Calls are still answered. Check the database.

## span (by which a clock was set)

span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min { $seconds } s
span-seconds = { $seconds } s

## notice (leaves by SMS and the like: only letters of GSM 03.38)

notice-job = 112 { $incident } { $unit }: { $about }
notice-alert = 112 { $centre } { $incident }: { $about }
notice-alert-over = 112 { $centre }: { $incident } no longer concerns you.
notice-alert-asks = asked for: { $units }
notice-to-centre = { $alert } v{ $version }
notice-location-link = 112: Open this link to send your location, photos or messages to the emergency centre: { $link }

## canary


## sound-end

sound-end-caller = caller
sound-end-position = position { $name }
sound-end-party = party { $name }
sound-end-sound = sound
sound-end-recorder = recorder
sound-end-canary = canary
sound-end-unknown = unknown

## leftover (of the demo)

leftover-there = The demo's leftovers are still there, and are refused.
leftover-accounts = Accounts with the published password: { $names }. Remove them (siaga user remove NAME), or set new passwords.
leftover-tokens = Tokens of the demo's programs: { $names }. Revoke them (siaga token list, siaga token revoke ID).
leftover-invented = { $file } is invented and is not read.
leftover-in-file = { $file }: { $names } are the demo's, replace them.

## notify

notify-address = Setting notify_{ $channel }: address number { $numbers } is not understood; see docs/notices.md.
notify-file-unreadable = Setting notify_file: { $file } cannot be read ({ $detail }); see docs/notices.md.

## file

file-others-can-read = { $file }: others can read it; chmod 600.

## tokens

tokens-unreadable = { $file } cannot be read ({ $detail }), { $centres } cannot be told; see docs/neighbours.md.
tokens-missing = { $file }: there is no token for { $centres }; see docs/neighbours.md.

## mqtt

mqtt-not-yet = no connection yet
mqtt-no-connection = no connection
mqtt-detail = { $detail }
mqtt-refused-us = it refused us: { $detail }
mqtt-may-not-read = it does not let us read { $topics }
mqtt-ended = the connection ended: { $detail }

## journal (why it is away, what is damaged)

journal-no-database = the database cannot be opened: { $detail }; correct the setting 'database'
journal-taken = another control room ({ $holder }) writes this journal; stop it, or wait as its standby
journal-not-written = the journal cannot be written: { $detail }
journal-not-read = the journal cannot be read: { $detail }
journal-index-not-read = the index cannot be read: { $detail }
journal-index-not-written = the index cannot be written: { $detail }
journal-none-there = there is no journal at { $file }; correct the setting 'data' or 'database'
journal-no-answer = no answer from the disk or the database for { $seconds } s
journal-fault = a fault in our program: { $detail }
journal-out-of-order = entry { $seq } comes after { $before }
journal-entry-missing = entry { $seq } is missing
journal-entries-missing = entries { $seq }–{ $upto } are missing
journal-entry-unreadable = entry { $seq } cannot be read
journal-entry-not-folded = entry { $seq } cannot be folded: { $detail }
journal-entry-changed = entry { $seq } was changed
journal-and-more = and { $count } more

## claim

claim-taken = { $file } is held by { $who }
claim-process = process { $number }
claim-another = another process
claim-no-locks = { $file }: this file system knows no locks; see that nothing else uses the folder
claim-same-postgresql = on the same PostgreSQL

## storage (of the switch)

storage-no-file = it is no file
storage-full = the disk is full
storage-spool-not-written = the spool cannot be written ({ $why }); make room on the disk, or mend it
storage-no-answer = the disk does not answer; look at it, or at what it hangs on
storage-no-permission = no permission to write: { $names }
storage-folder = { $folder }: { $detail }
storage-takes-look = which recordings run cannot be kept ({ $detail }); look at the disk
storage-takes-restart = which recordings run cannot be kept ({ $detail }); make room on the disk and restart
storage-file-unreadable = { $detail }
storage-lines-too-many = line { $line } and those behind it: there is too much of it
storage-line = line { $line }: { $what }
storage-line-unread = { $detail }
storage-line-no-report = no report
storage-out-of-order = line { $line }: report { $report } is out of order
storage-half-a-line = half a line
storage-line-too-long = longer than any report
storage-rest-unreadable = the disk cannot give the rest: { $detail }
storage-not-sealed = { $file } is not sealed: { $detail }
storage-not-settled = recordings may not survive a power cut: { $detail }; look at the disk

## switch-part

switch-part-word = says nothing
switch-part-sip = does not read SIP packets
switch-part-queue = is late in reading SIP packets
switch-part-sound = passes no sound on

## switch-start

switch-start-no-data-folder = the data folder { $folder } cannot be used: { $detail }; calls are answered all the same
switch-start-another = telephony: another switch works with the data folder { $folder }: { $who }. Stop that one, or set SIAGA_DATA and SIAGA_SIP for another
switch-start-not-started = telephony: { $why }
switch-start-answers = switch { $boot } answers on { $sip } (UDP and TCP)
switch-start-answers-secure = switch { $boot } answers on { $sip } (UDP and TCP), { $secure } (TLS)
switch-start-limit = up to { $calls } calls at once; more are not allowed by { $limit }

## stack

stack-not-installed = pjsua2 is not installed; run `make setup`
stack-old-build = this pjsua2 is of an earlier build; run `make setup`
stack-no-extensions = the SIP library does not take the extensions { $extensions }: status { $status }
stack-no-guard = the SIP library does not guard our calls; rebuild it with deploy/build-pjsua2.sh
stack-no-gate = the SIP library does not take our gate; rebuild it with deploy/build-pjsua2.sh
stack-cannot-listen = cannot listen for SIP on { $place }: { $detail }; stop what uses it, or change the setting '{ $setting }'

## limit

limit-max-calls = the setting 'max_calls'
limit-rtp-ports = the setting 'rtp_ports'
limit-library = the SIP library
limit-open-files = open files; raise LimitNOFILE or `ulimit -n`

## sound-file

sound-file-unknown = { $file }: no sound has this name; the names are in docs/telephony.md
sound-file-unusable = { $file }: { $detail }; save it as WAV (PCM), ours is played instead
sound-file-cut-off = { $file }: it ends too early; save it as WAV (PCM), ours is played instead

## gate

gate-stranger = { $address } and others outside 'sip_trunks' were refused { $n } requests with 403; is a trunk's address missing in that setting?
gate-full = { $n } calls from { $address } are refused with 503: 'max_calls' are up
gate-source_full = { $n } calls from { $address } are refused with 503: it has 'max_calls_per_source' up
gate-reserved = { $n } calls from { $address } are refused with 503: the last 'reserved_calls' are kept for other sources
gate-source_rate = { $n } calls from { $address } are refused with 503: it calls faster than 'calls_per_second_per_source'
gate-overload = { $n } calls from { $address } are refused with 503: more come in than can be answered, and it is over its share
gate-unacked = { $n } calls from { $address } are refused with 503: it leaves too many answers without ACK
gate-lines = { $n } calls of phones at { $address } to positions are refused with 503: too many in a second
gate-others = { $n } requests from { $address } that are no calls are refused with 503: too many in a second
gate-foreign = { $n } requests or answers within calls came from { $address }, not from where these calls come from, and were refused; if it is another server of that trunk, write its network beside the trunk's in 'sip_trunks', joined by +; if the carrier says that it is not theirs, block it at the firewall

## setting

setting-no-host-port = '{ $value }' is not host:port; write it like 127.0.0.1:5060
setting-no-web-site = '{ $value }' is not the address of a web site; write it like https://112.example.go.id
setting-no-broker = '{ $value }' is not the address of a broker; write it like mqtts://broker.example.go.id:8883
setting-plain-broker = '{ $value }' would send the password as it is; use mqtts://, or mqtt:// on this machine
setting-no-host = '{ $value }' is no host; write it like lis.operator.id or 10.1.2.3:8080, without http://
setting-no-sip-server = '{ $value }' is not a SIP address; write it like sip:10.1.1.1
setting-no-ports = '{ $value }' is not a range of at least 100 ports from 1024 on; write it like 20000-28000
setting-negative = { $value } is out of range; write a number that is not negative
setting-too-soon = { $value } is too soon: a caller is asked three times within a minute; write 90 or more, or 0
setting-patience = { $value } is out of range; write seconds from 0 to 600: nobody may lose their place to time
setting-thresholds = { $value } is not usable; write whole seconds from 1 to 60 that rise, like [10, 15, 20]
setting-no-number-in-it = '{ $value }' does not say where the number goes; write it like sip:{"{"}number{"}"}@10.1.1.1
setting-no-prefix = '{ $value }' is not how a number begins; write it like +62, or 11 for short codes
setting-no-sip-address = '{ $value }' is no SIP address; write it like sip:0771112@10.1.1.1
setting-no-such-file = { $file }: there is no such file; copy siaga.toml there or unset SIAGA_SETTINGS
setting-file-unreadable = { $file }: { $detail }; see that it can be read
setting-line-unreadable = { $file }: { $detail }; correct that line
setting-meant = { $file }: the setting '{ $key }' is not known; did you mean '{ $near }'?
setting-unknown = { $file }: the setting '{ $key }' is not known; remove the line
setting-belongs-in = { $file }: the setting '{ $key }' stands in the wrong place; move its line below [{ $table }]
setting-belongs-at-the-top = { $file }: the setting '{ $key }' stands in a table; move its line to the top, above the first [table]
setting-no-table = { $file }: '{ $table }' is a table; write [{ $table }] on a line of its own, and its settings below
setting-wrong = setting '{ $key }': { $what }
setting-too-many-networks = setting 'sip_trunks': only the first { $most } networks are used, calls from the others are refused; merge neighbouring ones into wider ones
setting-too-few-ports = settings 'rtp_ports', 'max_calls': { $ports } has room for { $room } calls, not for { $calls }; widen the range or lower max_calls
setting-not-loopback = setting 'http': { $value } is not loopback, and browsers give the microphone to HTTPS only; set tls_folder to a folder with fullchain.pem and privkey.pem, or use 127.0.0.1

## siaga (the program)

siaga-wrong = siaga: { $what }
siaga-read-so-far = {"  "}{ $entries } entries …
siaga-fault = {"  "}{ $what }
siaga-counted = { $entries } entries, { $recordings } recordings, { $photos } photos, { $messages } messages, { $catalogues } catalogues, { $accounts } accounts; { $erased } files erased lawfully; { $sealed } entries sealed, { $closed } of them erased lawfully
siaga-head-unknown = BROKEN: no entry has the digest { $head }; the journal was cut off or exchanged
siaga-kind = { $n } × { $kind }
siaga-broken = BROKEN: { $kinds }   (of { $counted })
siaga-intact = intact: { $counted }
siaga-head = head: { $head }   (write it down elsewhere; `siaga verify --head` checks it later)
siaga-reindexed = the index of the journal is made anew; `siaga verify` says whether it fits
siaga-no-such-call = siaga: the journal knows no call '{ $call }'
siaga-user-removed = { $name } is removed and signed out everywhere
siaga-phone-password = SIP user { $name }, password { $password } (shown once), dial sip:pos-P1@{ $place }
siaga-ask-password = Password:
siaga-user-added = { $name } may sign in as { $role }
siaga-token-revoked = { $name } ({ $role }) opens nothing more, within seconds
siaga-token-revoked-of-unit = { $name } ({ $role } of { $unit }) opens nothing more, within seconds

## device

device-added = { $unit }: device '{ $name }' is added. Its secret is shown this once; who has it speaks for { $unit }.
device-osmand = OsmAnd: Plugins > Trip recording > Online tracking, web address:
    {"  "}{ $address }
    {"  "}every { $seconds } seconds
device-owntracks = OwnTracks: mode HTTP, no encryption key, Move mode
    {"  "}URL       { $address }
    {"  "}user      { $unit }
    {"  "}password  { $secret }
    {"  "}device    { $name }
device-traccar = Traccar Client: Settings
    {"  "}device identifier  { $secret }
    {"  "}server URL         { $address }
    {"  "}frequency          { $seconds } seconds, distance 0
device-not-reached = Phones outside do not reach { $site }: set `public_url` to an https address, then add it again.
device-scan = {""}
    or scan this with the phone's camera, or in the app:

## run (siaga run)

run-again = {"  "}{ $name } stopped: { $detail }
    {"    "}starting it again; more in { $log }
run-exit-status = exit status { $status }
run-already = siaga: it is already running with the data folder { $folder }: { $url } ({ $who })
    siaga: stop that one with Ctrl-C, or set SIAGA_DATA, SIAGA_HTTP and SIAGA_SIP for another
run-stopping = {""}
    stopping …
run-stopped = stopped; the journal and the recordings are in { $folder }
run-no-disk = siaga: { $folder } cannot be written ({ $detail }); calls are answered all the same. Mend the disk
run-ready = {""}
    {"  "}Siaga 112 is ready after { $seconds } s:   { $url }
    {"  "}SIP: { $sip }      Data: { $folder }
    {"  "}Ctrl-C stops all of it
run-ready-demo = {""}
    {"  "}Siaga 112 is ready after { $seconds } s:   { $url }
    {"  "}SIP: { $sip }      Data: { $folder }
    {"  "}Demo – not surveyed. Sign in, password '{ $password }': { $people }
    {"  "}In a second terminal:  make call
    {"  "}Ctrl-C stops all of it

## caller (the demo's)

caller-rings = ringing
caller-answered = answered
caller-ended = ended ({ $code } { $detail })
caller-message = message: { $code } { $detail }
caller-calls = { $number } calls { $to }  ({ $place })
caller-no-place = no location
caller-nothing-answers = Nothing answers on { $place }: run  make run

## import (siaga import-osm)

import-no-such-file = { $file }: there is no such file; download an extract first (docs/osm.md)
import-damaged = { $file }: { $detail }; it is damaged or cut off, download it again
import-unsorted = { $file }: nodes come after ways; sort it with `osmium sort`
import-no-ways = { $file }: holds no ways; give an extract with nodes, ways and relations
import-relations = relations …
import-read-so-far = { $nodes } nodes with tags, { $ways } ways, { $kept } of them kept …
import-read = { $nodes } nodes with tags, { $ways } ways, { $kept } of them kept
import-keep = --keep { $file }: is not written by an import; keep some of { $known }
import-note = {"  "}{ $line }
import-notes = { $count } objects could not be used as they are: { $file }
import-ready = { $folder } is ready after { $seconds } s; show "{ $attribution }" wherever the map is shown
import-no-box = --clip { $clip }: is no box; write south,west,north,east in degrees, or the name of a GeoJSON file with a polygon
import-clip = --clip { $clip }: { $detail }; write south,west,north,east in degrees, or the name of a GeoJSON file with a polygon
import-no-polygon = --clip { $clip }: holds no polygon; write south,west,north,east in degrees, or the name of a GeoJSON file with a polygon
import-speeds = --speeds { $file }: { $detail }; write lines like primary = 45
import-speed-of-what = --speeds { $file }, { $key }: is unknown; use some of { $known }
import-no-speed = --speeds { $file }, { $key }: '{ $value }' is no speed; write km/h from 3 to 150
import-streets = streets …
import-no-street = no street lies in the extract and within --clip; is latitude first, and is it the region?
import-borders = { $streets } streets and boat routes, { $turns } forbidden turns; borders, land and water …
import-names = { $borders } borders, { $land } pieces of land, { $ground } of what covers it; names …
import-named = { $names } names
import-proving = reading it back …
import-tiles = map tiles …
import-tiles-so-far = { $tiles } map tiles …
import-tiles-made = { $tiles } map tiles, { $megabytes } MB

## discrepancy

discrepancy-recording = recording of { $leg }: { $missing } of { $seconds } s are missing ({ $why })
discrepancy-foreign-order = the answer to an order of another journal ({ $order }), or of a state of ours that was lost
discrepancy-entry-unreadable = entry { $seq } cannot be read: { $detail }
discrepancy-report-not-usable = report not usable: { $detail }
discrepancy-our-fault = a fault of our program, tell its makers: { $where }: { $detail }
discrepancy-aml-other-number = a message of this call's telephone (IMEI) names another number, { $number }; it is not used here
discrepancy-aml-without-place = the phone sent a message without a position
discrepancy-aml-other-phone = a message with this call's number came from another telephone (IMEI); its place is doubtful
discrepancy-report-too-old = a report of { $unit } says that it is { $seconds } s old; it is taken for as old as it can be
discrepancy-status-overtaken = { $unit } was set to '{ $status }' { $seconds } s ago, before it was set to '{ $stays }'; that stays
discrepancy-reports-missing = { $count } reports of the switch never came: { $numbers } of boot { $boot }
discrepancy-call-twice = call received twice
discrepancy-call-not-open = the end of a call that is not open
discrepancy-other-user = { $user } dialled in to the position { $position } of { $owner }
discrepancy-aml = phone's message { $message }: { $detail }
discrepancy-server-not-listed = { $host } is not asked for the caller's place; list it in location_servers in siaga.toml
discrepancy-aml-network = a phone's message from { $address } is not taken; list its network in aml_from
discrepancy-aml-signature = a phone's message from { $address } has no valid signature and is not used
discrepancy-vehicle-data = the vehicle's data is not usable: { $detail }
discrepancy-in-message = something in the message cannot be used: { $detail }
discrepancy-not-heard = this call is not heard: its sound comes from { $address }, and its signalling names { $named }; if { $address } is a media gateway of the trunk, write its network beside the trunk's in 'sip_trunks', joined by +; until then ask the caller to ring again or call back
discrepancy-strange-sound = { $packets } packets from { $address } were kept out of this call's sound, whose signalling names { $named }; if the carrier says that { $address } is not theirs, block it at the firewall
discrepancy-line-undelivered = a written line did not reach the caller: { $detail }; say it or call back
discrepancy-report-too-long = { $event } of { $bytes } bytes was not told
discrepancy-not-dialled = { $uri } cannot be dialled: { $detail }; correct the contact, or 'alternate_centre'
discrepancy-room-unread = the room says what this switch cannot read ({ $detail }); bring both to the same version
discrepancy-report-unread = a report that this room cannot read ({ $detail }); bring room and switch to the same version
discrepancy-line-unread = a line of it: { $detail }
discrepancy-not-answered = call { $call } cannot be answered: { $detail }; widen rtp_ports, or look at the disk
discrepancy-no-tls-file = no SIP over TLS: { $file } is missing; put it there and start the switch again, or clear 'sip_tls'
discrepancy-no-tls = no SIP over TLS: { $why }; look at the files in { $folder } too
discrepancy-no-tones = no sounds can be made in { $folder }: { $detail }; run deploy/setup.sh
discrepancy-fewer-calls = the switch takes { $calls } calls at once, not { $most }: limited by { $limit }
discrepancy-no-words = no announcements: { $detail }; run deploy/setup.sh
discrepancy-step-not-drawn = a fault of our program, tell its makers: { $step } by { $event } is not drawn

## alert-why (to whom it is told: yours; to us: ours)

alert-why-across-yours = in your area
alert-why-across-ours = in our area
alert-why-unsure-yours = the caller may be on either side of the border
alert-why-unsure-ours = the caller may be on either side of the border
alert-why-near-yours = { DISTANCE($metres) } from your border
alert-why-near-ours = { DISTANCE($metres) } from our border
alert-why-asked-yours = your units are asked for
alert-why-asked-ours = our units are asked for
alert-why-told = they do not say why

## shield (why a call is suspected, or not)

shield-prank = { $count ->
    [one] 1 time called a prank by a call-taker, the last { $last }
   *[other] { $count } times called a prank by a call-taker, the last { $last }
}
shield-ghost = { $count ->
    [one] 1 time found with nobody on the line by a call-taker, the last { $last }
   *[other] { $count } times found with nobody on the line by a call-taker, the last { $last }
}
shield-brief = { $count ->
    [one] 1 very short call within 24 hours
   *[other] { $count } very short calls within 24 hours
}
shield-repeated = { $count ->
    [one] 1 other call within an hour
   *[other] { $count } other calls within an hour
}
shield-silent = { $count ->
    [one] 1 call without a sound within a week
   *[other] { $count } calls without a sound within a week
}
shield-spared-ecall = not suspected: a vehicle calls
shield-spared-pressed = not suspected: the caller pressed 5
shield-spared-called-back = not suspected: we lost this caller's line before
shield-spared-located = not suspected: its location is fresh and precise
shield-spared-emergency = not suspected: reported an emergency { $last }
shield-spared-pressed-before = not suspected: pressed 5 before, when asked to
ago-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
ago-just-now = just now

## place-why (why a place of a caller is the best one)

place-why-source = { $source }, ± { $radius } m (95 %)
place-why-source-method = { $source } ({ $method }), ± { $radius } m (95 %)
place-why-other-source = { $place }; before: { $before }
place-why-plausible = { $place }; the one before is implausible
place-why-newer = { $place }; { $seconds } s newer
place-why-more-precise = { $place }; more precise
place-why-verified = verified by { $by }
place-from-device = the caller's phone
place-from-stated = what the caller says
place-from-network = the network
place-from-subscriber = the subscriber's address
place-from-cell = the radio cell
place-from-registered = a registered address

## place-doubt (of an incident)

place-doubt-theirs = The place is in the area of { $centre }, { DISTANCE($metres) } from { $border }. Make sure; units can go.
place-doubt-theirs-at-sea = The place is in the area of { $centre }, at sea, { DISTANCE($metres) } from { $border }. Make sure; units can go.
place-doubt-outside = The place is outside all boundaries, { DISTANCE($metres) } from { $border }. Make sure; units can go.
place-doubt-outside-at-sea = The place is outside all boundaries, at sea, { DISTANCE($metres) } from { $border }. Make sure; units can go.

## turn (into a street, for a crew)

turn-head = Head { $way } on { $street }
turn-straight = Straight on into { $street }
turn-bear-right = Bear right into { $street }
turn-bear-left = Bear left into { $street }
turn-turn-right = Turn right into { $street }
turn-turn-left = Turn left into { $street }
turn-back = Turn back into { $street }
street-unnamed = an unnamed way

## ended_by

ended_by-caller = the caller
ended_by-centre = the centre
ended_by-failure = a failure

## do

do-connect = connect
do-ring = ring the phone
do-hangup = end the call
do-mode = change the connection
do-leave = take the position out
do-dial = call another party
do-place = place a call
do-play = play a sound
do-dtmf = send keys
do-text = send a text
do-msd = ask the vehicle for data
do-inform = send INFO

## mode

mode-dialling = dialling…
mode-talk = talking
mode-muted = muted
mode-listen = listening only
mode-whisper = whispering to the call-taker
mode-held = on hold

## via

via-rtt = real-time text
via-message = message
via-link = link

## why (something came to an end, or did not come to pass; in the middle of a sentence)

why-line-broke = the line broke at our side
why-not-answered = ended before anybody answered
why-reached-us-again = the caller reached us again
why-day-passed = a day has passed
why-signed-on-again = signed on again
why-signed-off = signed off
why-rights-ended = rights ended
why-call-ended = the call has ended
why-not-placed = not placed
why-not-dialled = it was not dialled
why-not-dialable = it cannot be dialled ({ $detail })
why-not-answerable = it cannot be answered ({ $detail })
why-by-centre = ended by the centre
why-switch-lost-it = the switch no longer has it
why-no-such-call = there is no such call here
why-no-such-party = there is no such party at that call
why-no-audio = that position has no audio here
why-audio-gone = the position's audio is gone
why-elsewhere = that position is in another call
why-nobody-left = nobody is with the caller any more
why-newer-order = a newer order took its place
why-too-late = the order came too late
why-unknown-order = unknown order '{ $order }'
why-no-such-mode = there is no mode '{ $mode }' in a call
why-other-version = this switch does not understand the order; bring switch and room to the same version
why-not-connected = the caller is not connected
why-not-connected-yet = the caller is not connected yet
why-line-not-connected = that line is not connected
why-vehicle-not-connected = the vehicle is not connected
why-still-heard = its sound still comes
why-no-line-written = no line for { DURATION($seconds) }
why-no-ack = no ACK within { $seconds } s of our answer
why-silent-no-such-call = no sound for { $seconds } s, and asked, its network says { $code }: no such call
why-silent-no-answer = no sound for { $seconds } s, and no answer when asked { $times } times
why-trunk-silent = it does not answer
why-trunk-503 = it answers 503
why-disk-silent = the disk does not answer, and nothing is written any more; look at the disk
why-disk-full = the disk is full; make room
why-disk-wrong = the disk says: { $detail }; look at the disk
why-nothing-written = nothing is written any more; look at the disk
why-no-file = no file can be made: { $detail }; look at the disk
why-less-written = less was written than was spoken; look at the disk
why-switch-cut = the switch ended in the middle of it
why-no-gateway = the channel { $channel } is not set up
why-gateway-number = gateway { $number } of { $channel } cannot be used with this number
why-gateway-refused = gateway { $number } of { $channel } did not take it
why-gateway-failed = the gateway failed ({ $detail })
why-gateway-silent = the gateway did not answer in time
why-centre-no-url = { $centre } has no url in centres.csv
why-centre-no-token = there is no token for { $centre } in { $file }
why-centre-not-reached = { $centre } cannot be reached ({ $detail })
why-centre-answered = { $centre } answered { $code }
why-centre-said = { $centre } answered { $code }: { $said }
why-alert-not-arriving = the alert does not arrive
why-alert-has-no-way = there is no way to send it
why-ecall = a vehicle calls
why-pressed = the caller pressed 5
why-called_back = waited in vain before, or was cut off
why-across = in their area
why-unsure = the caller may be on either side of the border
why-near = near the border
why-asked = for their units

## sip (an answer of another line)

sip-other = { $answer }
sip-200 = hung up
sip-403 = refused
sip-404 = no such number
sip-408 = no answer
sip-480 = not reachable
sip-486 = busy
sip-487 = no answer
sip-488 = no common sound
sip-500 = a fault over there
sip-503 = no line available
sip-600 = busy
sip-603 = declined

## answer

answer-send = units are sent
answer-take = takes it over
answer-keep = the sender keeps it
answer-not_ours = not theirs

## alert_state

alert_state-open = open
alert_state-withdrawn = withdrawn
alert_state-closed = closed

## place_kind

place_kind-airport = airport
place_kind-bank = bank
place_kind-beach = beach
place_kind-church = church
place_kind-clinic = clinic
place_kind-food = food and drink
place_kind-fuel = fuel station
place_kind-government = office
place_kind-harbour = harbour
place_kind-hospital = hospital
place_kind-hotel = hotel
place_kind-island = island
place_kind-km = kilometre post
place_kind-landmark = landmark
place_kind-market = market
place_kind-mosque = mosque
place_kind-park = park
place_kind-quarter = neighbourhood
place_kind-school = school
place_kind-shop = shop
place_kind-sport = sports ground
place_kind-temple = temple
place_kind-transport = terminal
place_kind-street = street
place_kind-crossing = crossing
place_kind-coordinates = coordinates
place_kind-pluscode = Plus Code
place_kind-alias = local name
place_kind-learnt = name not confirmed
place_kind-water = water

## spot (where a point is, for somebody who writes an address)

spot-words = { $parts }
spot-street-near = { $street } near { $post }
spot-village = kel. { $name }
spot-from = { DISTANCE($metres) } from { $name }

## layer

layer-units = Units
layer-resting = Units off duty
layer-calls = Calls and incidents
layer-cameras = Cameras
layer-closures = Closures
layer-coverage = Coverage
layer-places = Stations and places
layer-incidents = Incidents
layer-names = Names

## cover

cover-by = By
cover-all = The whole city { $n } (planned { $plan }).
cover-means = That is the chance that a call is reached within { $m } minutes; { $idle } of { $duty } units are free. The coverage price of a proposal is taken from these figures.
cover-old = The streets have just changed; it is being worked out anew.
cover-waiting = Coverage is being worked out…
cover-area = Area
cover-now = Now
cover-plan = Plan
cover-good = 90 % and more
cover-fair = 70–89 %
cover-poor = 40–69 %
cover-bare = below 40 %

## closing

closing-draw = Shape
closing-line = Line
closing-area = Area
closing-point = Point
closing-name = Street, crossing or place
closing-or_name = or search for its name
closing-part = only { $m } m from this point, both ways
closing-how = { $shape ->
    [line] Click on the map: a line over the street.
    [point] Click on the map: a point over the street.
   *[area] Click on the map: an area over the street.
}
closing-more = { $shape ->
    [line] Go on: the line is not complete yet.
    [point] Go on: the point is not complete yet.
   *[area] Go on: the area is not complete yet.
}
closing-nothing = There is no street below; draw it over the street.
closing-stops = Closes { $n } pieces: { $streets }.
closing-unnamed = streets without a name
closing-undo = Undo
closing-why = Reason
closing-until = Until
closing-hour = 1 hour ({ $time })
closing-evening = till { $time }
closing-lifted = Till reopened
closing-cars = motorcycles may pass
closing-do = Close this street
closing-label = { $what } · till { $time }
closing-label_lifted = { $what } · till reopened
closing-none = No street is closed.
closing-pieces = { $n } pieces
closing-lift = Reopen
closing-show = Show
closing-why-flood = Flood
closing-why-tree = Fallen tree
closing-why-fire = Fire
closing-why-crash = Crash
closing-why-event = Event or market
closing-why-works = Road works

## weather

weather-rain = Rain
weather-tide = Water
weather-metres = { $m } m
weather-unknown = not known
weather-from-hand = by hand
weather-from-table = tide table
weather-set_tide = Water (metres)
weather-set = Set
weather-back = Back to the table, no rain
weather-until = Said by { $by }, holds till { $time }

## list

list-to = To { $incident }
list-to_place = To the place
list-seen = Position
list-straight = { DISTANCE($metres) } straight
list-ago = { $age } ago
list-now = just now
list-station = at its station, not seen
list-since = Since
list-off = { DISTANCE($metres) } from here
list-nobody = nobody yet
list-units = { $units }
list-away = Away
list-looks = Direction
list-elsewhere = elsewhere
list-no_map = The map cannot be drawn on this computer.
list-no_map_do = These lists stand in for it; reload the page to try again.

## names

names-how = Names that were added here. Those not confirmed were learnt from a click on the map.
names-none = No names have been added yet.
names-confirm = Confirm
names-remove = Remove: { $name }

## draft

draft-for = for { $name }
draft-own = no call
draft-alert = neighbouring centre
draft-since = begun { $at }
draft-ended = ended { $ago } ago
draft-in_hand = talking with you
draft-with = with { $user }
draft-kind-form = New incident
draft-kind-note = Note
draft-kind-answer = Written answer
draft-aside = Put aside
draft-discard = Discard
draft-gone = Discarded: { $name }
draft-undo = Undo
draft-stranger = This form is not for { $name }, who is talking with you.
draft-theirs = Their form
draft-addition = Addition to { $incident }
draft-add = Add to { $incident }
draft-kept = Kept in the room { $at }
draft-from_room = Continued from what was kept
draft-keeping = Keeping…
draft-not_kept = Not kept in the room yet; it is on this screen and tried again.

## duration, distance, clock (made by DURATION, DISTANCE and CLOCK)

duration-hours = { $h } h { $m } min
duration-minutes = { $m } min
duration-both = { $m } min { $s } s
duration-seconds = { $s } s
distance-metres = { $m } m
distance-kilometres = { NUMBER($km, minimumFractionDigits: 1) } km
clock-hour = { $h }:{ $m }
