// The API's types, made from /openapi.json by deploy/api_types.py; change them there.

declare namespace Api {
  /** What it is begun for. `own` names a form without a call; `alert`: what a neighbour told us of. */
  interface About {
    kind: "answer" | "form" | "note";
    call: string;
    incident: string;
    own: string;
    alert: string;
  }
  /** What it is begun for. `own` names a form without a call; `alert`: what a neighbour told us of. */
  interface GivenAbout {
    kind: "answer" | "form" | "note";
    call?: string;
    incident?: string;
    own?: string;
    alert?: string;
  }
  /** `skills`: languages and subjects, as the city's queues ask for them: en, zh, fire. */
  interface Account {
    name: string;
    role: string;
    unit: string;
    skills: string[];
  }
  /** `skills`: those that were written with it; none when they stay as they were. `seal`: digest of the whole account as it is since then (dispatch/access/accounts.py). `number`: of the change, counted by the accounts' table, also of changes made while no room ran. */
  interface AccountChanged {
    event: "AccountChanged";
    user: string;
    role: string;
    by: string;
    removed?: boolean;
    skills?: string[];
    unit?: string;
    seal?: string;
    number?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface Acknowledge {
    command: "Acknowledge";
    assignment: string;
  }
  /** People call this place so. `name`: what is there in other words. */
  interface AddAlias {
    command: "AddAlias";
    alias: string;
    location: GivenLocation;
    name?: string;
  }
  /** `draft` as for OpenIncident. */
  interface AddNote {
    command: "AddNote";
    incident: string;
    text: string;
    draft?: string;
  }
  /** Calls somebody into the conversation. `to`: a contact of the city's list (its id or address), or a number that may be dialled (`dial_prefixes`). `blind`: leave at once; a party that does not answer brings the caller back. */
  interface AddParty {
    command: "AddParty";
    call: string;
    to: string;
    blind?: boolean;
  }
  /** One block of RFC 7852. */
  interface AdditionalData {
    kind: string;
    data: Record<string, string>;
    digest: string;
  }
  /** One block of RFC 7852: name of the field -> text. `digest` of the body it was read from, if it was fetched. */
  interface AdditionalDataReceived {
    event: "AdditionalDataReceived";
    call: string;
    kind: string;
    data: Record<string, string>;
    digest?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `centre`: the neighbouring centre that commands it, "" for our own. */
  interface Agency {
    id: string;
    names: Record<string, string>;
    color: string;
    centre: string;
  }
  /** What the caller agrees to, or takes back. */
  interface Agreed {
    what: "chat" | "location" | "photos";
    given?: boolean;
  }
  /** A unit that a centre sends to another's incident; `state` as an assignment's. */
  interface AidUnit {
    id: string;
    state?: "acknowledged" | "assigned" | "clear" | "en_route" | "on_scene" | "released";
  }
  interface Alarm {
    id: string;
    level: "critical" | "warning";
    since: number;
    text: Text;
    incident: string;
    call: string;
    alert: string;
    boot: string;
  }
  interface AlarmCleared {
    event: "AlarmCleared";
    alarm: string;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** More is sent from now on: `level` of the run cards, 1 being what the incident began with. */
  interface AlarmLevelRaised {
    event: "AlarmLevelRaised";
    incident: string;
    level: number;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `level`: warning or critical; `text` says what to do. `call`: whose caller it names; `alert`: of which it tells. */
  interface AlarmRaised {
    event: "AlarmRaised";
    alarm: string;
    level: "critical" | "warning";
    text: Text;
    incident?: string;
    call?: string;
    alert?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `direction`: out (we told them) or in (they told us). `state`: open, withdrawn, closed. `incident`: ours, "" for one that came in and belongs to none yet. `at`: first told or received, `changed`: last; `received`: when they took it, `texted`: when a gateway took the SMS or WhatsApp; seconds since 1970, 0 for not yet. `type`, `location`: what was told last. The other fields are explained in CentreAlerted, AlertReceived and AlertAnswered. */
  interface Alert {
    id: string;
    direction: "in" | "out";
    centre: string;
    version: number;
    at: number;
    changed: number;
    state: "closed" | "open" | "withdrawn";
    why: "" | "across" | "asked" | "near" | "unsure";
    metres: number;
    asks: string[];
    incident: string;
    type: string;
    location: Location | null;
    received: number;
    texted: number;
    answer: "" | "keep" | "not_ours" | "send" | "take";
    answered: number;
    answer_version: number;
    answered_by: string;
    told: boolean;
    text: string;
    units: AidUnit[];
    remote: string;
    theirs: string;
    address: string;
    notes: string[];
    sent: string[];
    caller: string;
  }
  /** `answer`: send, take (they take the incident), keep (you keep it), not_ours. Ours to an alert that we received, the neighbour's to one of ours; then `by` is the person there, or ours who heard it by telephone (`told`). */
  interface AlertAnswered {
    event: "AlertAnswered";
    alert: string;
    answer: "keep" | "not_ours" | "send" | "take";
    version: number;
    units?: AidUnit[];
    text?: string;
    by?: string;
    told?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What a neighbour told us of belongs to this incident of ours. */
  interface AlertLinked {
    event: "AlertLinked";
    alert: string;
    incident: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A neighbour tells us of an incident of theirs, or news of it. `remote`: their id of the alert, `theirs` of the incident; `state`: open, withdrawn, closed; `why` and `asks` as in CentreAlerted; `type` in their words; `sent`: the units that they have sent. */
  interface AlertReceived {
    event: "AlertReceived";
    alert: string;
    centre: string;
    remote: string;
    version: number;
    state?: "closed" | "open" | "withdrawn";
    why?: "" | "across" | "asked" | "near" | "unsure";
    metres?: number;
    asks?: string[];
    theirs?: string;
    type?: string;
    location?: Location | null;
    address?: string;
    notes?: string[];
    sent?: string[];
    caller?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The id and the `version` of their alert that the journal has now. */
  interface AlertTaken {
    alert: string;
    version: number;
  }
  interface AlertUnanswered {
    event: "AlertUnanswered";
    alert: string;
    waited: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** It does not concern them any more. `state`: withdrawn, or closed with the incident. */
  interface AlertWithdrawn {
    event: "AlertWithdrawn";
    alert: string;
    version: number;
    state: "closed" | "open" | "withdrawn";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The page of this position is there. */
  interface Alive {
    position: string;
  }
  /** Message `aml` (the place of its AmlReceived in the journal) belongs to this call. `waits`: this call has ended, and a new one of the same phone may claim it as well. `imei`: as the message has it, said of this call. */
  interface AmlClaimed {
    event: "AmlClaimed";
    call: string;
    aml: number;
    waits?: boolean;
    imei?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Message `aml` waits for no call any more. */
  interface AmlLapsed {
    event: "AmlLapsed";
    aml: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A phone's own message about an emergency call (ETSI TS 103 625). `via`: https or sms; `raw`: digest of the message kept beside the journal; `location` is missing when the phone had none. `lapses`: until when it waits for its call, seconds since 1970. */
  interface AmlReceived {
    event: "AmlReceived";
    number?: string;
    imei?: string;
    location?: Location | null;
    raw?: string;
    via?: string;
    language?: string;
    lapses?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Nobody answered in time: the caller is connected and hears the announcement, and waits on. */
  interface AnnouncementStarted {
    event: "AnnouncementStarted";
    call: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Our answer to a neighbouring centre; of an alert of ours, what the centre said by telephone. */
  interface AnswerAlert {
    command: "AnswerAlert";
    alert: string;
    answer: "keep" | "not_ours" | "send" | "take";
    text?: string;
  }
  /** Another browser has the key of a caller's page: let it in when the caller says that it is theirs. */
  interface AnswerBrowser {
    command: "AnswerBrowser";
    call: string;
    browser: string;
    allowed: boolean;
  }
  /** Takes a waiting call to the position of the one who asks. */
  interface AnswerCall {
    command: "AnswerCall";
    call: string;
    position: string;
  }
  /** A browser that waits to be let in: fields as in LinkAsked. */
  interface Asking {
    browser: string;
    at: number;
    agent: string;
  }
  /** `reason` is asked for when the unit is not among the suggested ones. */
  interface AssignUnit {
    command: "AssignUnit";
    incident: string;
    unit: string;
    reason?: string;
  }
  /** `state`: assigned, acknowledged, en_route, on_scene, clear, released. `unanswered`: the alarm went off. */
  interface Assignment {
    id: string;
    incident: string;
    unit: string;
    assigned: number;
    state: "acknowledged" | "assigned" | "clear" | "en_route" | "on_scene" | "released";
    by: string;
    acknowledged: number;
    en_route: number;
    on_scene: number;
    cleared: number;
    unanswered: boolean;
    rank: number;
    override: string;
    seconds: number;
  }
  interface AssignmentAcknowledged {
    event: "AssignmentAcknowledged";
    assignment: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `progress`: en_route, on_scene, clear. */
  interface AssignmentProgressed {
    event: "AssignmentProgressed";
    assignment: string;
    progress: "clear" | "en_route" | "on_scene";
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `reason` in the words of whoever released it; `why` where nobody here did. */
  interface AssignmentReleased {
    event: "AssignmentReleased";
    assignment: string;
    by: string;
    reason?: string;
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface AssignmentUnanswered {
    event: "AssignmentUnanswered";
    assignment: string;
    waited: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `tiles`: the address of the archive, "" while there is none; then the page draws `/api/v1/map/plain` and asks again. `attribution`: whom to name. `bbox`: west, south, east, north of the land in degrees. */
  interface BaseMap {
    tiles: string;
    attribution: string;
    bbox: number[] | null;
  }
  /** The board after entry `seq` (`mark`: with the id of its journal), and the newest fix of each unit, as far as the asker may see them. `precedence`: in which order waiting calls are answered. */
  interface BoardNow {
    journal: Text | null;
    switch: boolean;
    now: number;
    seq: number;
    mark: string;
    board: Tables;
    fixes: Record<string, Fix>;
    precedence: Record<string, Precedence[]>;
  }
  /** The board after entry `seq`, and the fix of each unit by then. */
  interface BoardThen {
    seq: number;
    board: Tables;
    fixes: Record<string, Fix>;
  }
  /** `state`: queued, accepted, talking, transferred (with a party, no call-taker), ended. Times in seconds since 1970. `held`: the caller hears music; `members`: who else is in the conversation; `digits`: the last keys the caller pressed; `silent_since`: nothing has been heard from the caller since then, `never_heard`: nor before; `prompts`: how often they were asked to press 5. `msd`: the vehicle's data. `queued_in`: where it waited before it was answered; `urgent`, `score`, `suspected`: see CallPrioritised and CallScored.
   *  `locations`: the observations of where the caller is, in the order received, of very many the last ones and those that matter; `numbers`: which ones they are, counted from 0. `best`, `verified` and `contradicted` are such numbers, -1 for none. `civic`: addresses without coordinates.
   *  `offered_to`: the first of `offered_all`, the positions where it rings. `waiting_since`: in a queue since then, 0 when somebody has it. `overflow`: who is asked besides its own queue's people, see CallOverflowed; `ahead`, `moved`: see CallQueued. `tried`: the phones dialled for it, the last one last. `told`: when the caller was last told their place in the queue, `told_place`. `overdue`: nobody has said yet what it was. `erased`: its personal fields were erased by law. `journal`: the id of the journal in which it began. */
  interface Call {
    id: string;
    received: number;
    state: "accepted" | "ended" | "queued" | "talking" | "transferred";
    caller: string;
    called: string;
    service: string;
    access: string;
    test: boolean;
    queue: string;
    offered_to: string;
    offered_all: string[];
    offered_before: string[];
    position: string;
    user: string;
    announced: number;
    answered: number;
    ended: number;
    ended_by: "" | "caller" | "centre" | "failure";
    lost: boolean;
    locations: Location[];
    numbers: number[];
    best: number;
    best_why: Text | null;
    verified: number;
    verified_by: string;
    verified_at: number;
    contradicted: number;
    civic: string[];
    references: Reference[];
    additional: AdditionalData[];
    imei: string;
    incident: string;
    recordings: Recording[];
    disposition: "" | "emergency" | "ghost" | "information" | "prank" | "test";
    discrepancies: Text[];
    direction: "in" | "out";
    media: "audio" | "audio text" | "text";
    priority: string;
    languages: string[];
    callback_of: string;
    held: boolean;
    members: Member[];
    digits: string;
    silent_since: number;
    never_heard: boolean;
    prompts: number;
    msd: Msd | null;
    lines: WrittenLine[];
    waiting_since: number;
    overflow: string[];
    ahead: number;
    moved: boolean;
    tried: string[];
    told_place: number;
    told: number;
    overdue: boolean;
    queued_in: string;
    urgent: string;
    score: number;
    suspected: boolean;
    score_reasons: Reason[];
    erased: boolean;
    journal: string;
  }
  /** A call-taker pressed answer; the bridge is ordered but not yet confirmed. */
  interface CallAccepted {
    event: "CallAccepted";
    call: string;
    position: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Calls the number of an earlier call (RFC 7090: Priority: psap-callback). */
  interface CallBack {
    command: "CallBack";
    call: string;
    position: string;
  }
  interface CallBridged {
    event: "CallBridged";
    call: string;
    position: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CallDisposed {
    event: "CallDisposed";
    call: string;
    disposition: "emergency" | "ghost" | "information" | "prank" | "test";
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `by`: caller, centre or failure. `why`: what the line said, or what we ended it for. */
  interface CallEnded {
    event: "CallEnded";
    call: string;
    by?: "" | "caller" | "centre" | "failure";
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CallLinked {
    event: "CallLinked";
    incident: string;
    call: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `call`: null when it is off the board; `incident`: its id, "" for none; `steps`: what the journal tells of it, whose newest entry is `mark`; `catalogues`: in which words it was read (/api/v1/catalogues/{digest}). */
  interface CallNow {
    call: Call | null;
    incident: string;
    mark: string;
    steps: StoryStep[];
    catalogues: InForce[];
  }
  /** The call rings at this position (longest idle first) until `until` (seconds since 1970), then elsewhere. `positions`: all of them, where it rings at several. */
  interface CallOffered {
    event: "CallOffered";
    call: string;
    position: string;
    until?: number;
    positions?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The call has waited so long that others are asked as well. `to`: the steps of its queue that are due: an id of a queue (its people), wrap-up (positions that are still busy with the call before), anybody, phones, alternate-centre; none when it was only looked at. `next`: when it is looked at again, seconds since 1970. */
  interface CallOverflowed {
    event: "CallOverflowed";
    call: string;
    to?: string[];
    next?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The bridge ended although the caller is still there: our end broke, or the alternate centre hung up. */
  interface CallParted {
    event: "CallParted";
    call: string;
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** We call somebody: `to` as dialled (a SIP URI), `number` for people. `callback_of`: the call that is returned. The call rings `position` as soon as it is answered over there. */
  interface CallPlaced {
    event: "CallPlaced";
    call: string;
    to: string;
    number: string;
    position: string;
    by: string;
    callback_of?: string;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** It is answered before ordinary calls. `why`: ecall, pressed (5, after the prompt) or called_back. */
  interface CallPrioritised {
    event: "CallPrioritised";
    call: string;
    why: "called_back" | "ecall" | "pressed";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Also when it goes back to the queue because its call-taker's audio broke, when what rang rings no longer, and when its place belongs to another queue (`moved`). `overflow_at`: when others are asked as well, seconds since 1970 (see CallOverflowed); `ahead`: seconds it is treated as having waited already, because it found many others. */
  interface CallQueued {
    event: "CallQueued";
    call: string;
    queue: string;
    overflow_at?: number;
    ahead?: number;
    moved?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** An INVITE arrived. `caller` in E.164 or as sent, "" if withheld; `service` after `urn:service:`; `raw` is the digest of the message kept beside the journal. */
  interface CallReceived {
    event: "CallReceived";
    call: string;
    caller?: string;
    called?: string;
    service?: string;
    access?: string;
    source?: string;
    sip_call_id?: string;
    raw?: string;
    test?: boolean;
    media?: "audio" | "audio text" | "text";
    priority?: string;
    languages?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CallReplayed {
    event: "CallReplayed";
    call: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Times in seconds since 1970, 0 when it did not happen; `seq` of the entry that began the call; `started` of each recording by its digest. `erased`: what was recorded of it was erased by law. */
  interface CallRow {
    call: string;
    seq: number;
    received: number;
    caller: string;
    service: string;
    position: string;
    user: string;
    answered: number;
    ended: number;
    disposition: string;
    incident: string;
    recordings: number;
    started: Record<string, number>;
    test: boolean;
    erased: boolean;
  }
  /** How much speaks for a prank or ghost call, `value` 0 … 1, and why. `suspected`: it waits behind the others for a while (dispatch/policy/queues/shield.py). */
  interface CallScored {
    event: "CallScored";
    call: string;
    value: number;
    suspected: boolean;
    reasons?: Reason[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `position` asked for the call that another position had, or was left with it. */
  interface CallTakenOver {
    event: "CallTakenOver";
    call: string;
    position: string;
    by: string;
    before?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The call-taker left the caller with `party`; the call goes on and is recorded. */
  interface CallTransferred {
    event: "CallTransferred";
    call: string;
    party: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** One entry stands for a number; a call without a number stands for itself. `call`: the first of them, and the entry's id. `calls`: all of them, of a number that tried very often the last ones; `tries`: how many there were. `since`, `last`: when the first and the last one ended, seconds since 1970. `why`: of the most urgent one. */
  interface Callback {
    call: string;
    caller: string;
    why: Text;
    urgency: number;
    since: number;
    last: number;
    tries: number;
    calls: string[];
  }
  /** `reason` in the words of whoever cleared it; `why` where nobody did. */
  interface CallbackCleared {
    event: "CallbackCleared";
    call: string;
    by: string;
    reason?: string;
    why?: Text | null;
    calls?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** One more try of its number. `urgency` 2: the line broke in a conversation or at our side; 1: the caller gave up waiting. `lapses`: when it is taken off the list by itself, seconds since 1970. `entry`: the call whose entry of the list it joins, "" for one of its own. */
  interface CallbackOwed {
    event: "CallbackOwed";
    call: string;
    caller: string;
    why: Text;
    urgency?: number;
    lapses?: number;
    entry?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A caller who waits and is silent is asked to press 5: the `times`th time. `again`: when we look whether they are to be asked again, seconds since 1970. */
  interface CallerPrompted {
    event: "CallerPrompted";
    call: string;
    times: number;
    again?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A camera as a browser may know it: without its address. `metres` from the point that was asked about. */
  interface CameraSeen {
    id: string;
    name: string;
    lat: number;
    lon: number;
    heading: number;
    fov: number;
    range_m: number;
    owner: string;
    kind: string;
    public: boolean;
    metres: number;
    sees: boolean;
  }
  interface CameraViewed {
    event: "CameraViewed";
    camera: string;
    by: string;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CanaryAnswered {
    event: "CanaryAnswered";
    canary: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The test call arrived as `call`. */
  interface CanaryCame {
    event: "CanaryCame";
    canary: string;
    call: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The dialled line is over; `why` tells the SIP answer. */
  interface CanaryEnded {
    event: "CanaryEnded";
    canary: string;
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `text`: what it did not prove, and what to do. */
  interface CanaryFailed {
    event: "CanaryFailed";
    canary: string;
    text: Text;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The tone was looked for in a sealed recording, and `heard` or not. `way`: out (the caller's voice reached our recording) or back (it returned to the caller). `share`: of the sound's energy, 0 to 1. */
  interface CanaryHeard {
    event: "CanaryHeard";
    canary: string;
    way: "back" | "out";
    share: number;
    heard: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CanaryPassed {
    event: "CanaryPassed";
    canary: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Ringing was heard at the end that dialled. */
  interface CanaryRang {
    event: "CanaryRang";
    canary: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The next test call is made at `due` (seconds since 1970); 0: none. */
  interface CanaryScheduled {
    event: "CanaryScheduled";
    due: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `uri`: what is dialled. `until`: when it must have proved itself, seconds since 1970. `by`: system, or who asked for it. */
  interface CanaryStarted {
    event: "CanaryStarted";
    canary: string;
    uri: string;
    until: number;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CancelAssignment {
    command: "CancelAssignment";
    assignment: string;
    reason?: string;
  }
  /** One ranked unit with all that the ranking used. `seconds` is turn-out plus travel, `metres` the way, `mode` as in Travel; the fix in degrees and seconds since 1970 (0: its station); `reasons` one sentence each. `suggested`: it is chosen to fill a need. `uncertain`: the choice differs at the edge of where the caller may be. `doubt`: see UnitNow.
   *  The coverage price of sending it, 0 to 1: `coverage_loss` of all demand, `uncovers_share` of the area `uncovers`, which loses most. */
  interface Candidate {
    unit: string;
    agency: string;
    rank: number;
    seconds: number;
    metres: number;
    mode: string;
    lat: number;
    lon: number;
    fix_at: number;
    reasons: Text[];
    turnout_s: number;
    stale: boolean;
    suggested: boolean;
    uncertain: boolean;
    doubt: string;
    coverage_loss: number;
    uncovers: string;
    uncovers_share: number;
  }
  /** From here on people read codes in these words: `digest` is the SHA-256 of the catalogue's file of that `language` (dispatch/locale), which is kept in the data folder under that name; "": there are no words of it any more. */
  interface CatalogueInForce {
    event: "CatalogueInForce";
    language: string;
    digest: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A neighbouring centre is told of an incident; with a `version` above 1, of its news. `why`: across (in their area), unsure (the place is vague), near (`metres` from their area), asked (only for units of theirs). `asks`: those units. */
  interface CentreAlerted {
    event: "CentreAlerted";
    alert: string;
    centre: string;
    incident: string;
    version: number;
    why: "" | "across" | "asked" | "near" | "unsure";
    metres?: number;
    asks?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `version` counts the answers to this alert, so that one that comes late changes nothing; `by`: who answers. */
  interface CentreAnswer {
    answer: "keep" | "not_ours" | "send" | "take";
    version: number;
    units?: UnitSent[];
    text?: string;
    by?: string;
  }
  /** A neighbouring centre; `contact`: whom a call-taker calls there. */
  interface CentreSeen {
    id: string;
    name: string;
    contact: string;
  }
  /** The city's files, as far as pages need them. `center` is (lat, lon); `contacts` are for desks only; `cameras_nearest`: how many are shown at a place. */
  interface CityNow {
    names: Record<string, string>;
    note: Record<string, string>;
    center: [number, number];
    zoom: number;
    incident_types: IncidentType[];
    agencies: Agency[];
    stations: Station[];
    contacts: Contact[];
    queues: QueueSeen[];
    not_ready: NotReady[];
    centres: CentreSeen[];
    cameras: CameraSeen[];
    cameras_nearest: number;
  }
  /** An address without coordinates (RFC 5139): `parts` by element name, `text` as people say it. */
  interface CivicReceived {
    event: "CivicReceived";
    call: string;
    parts: Record<string, string>;
    text?: string;
    method?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface ClearAlarm {
    command: "ClearAlarm";
    alarm: string;
  }
  /** `call`: the id of the entry on the callback list. */
  interface ClearCallback {
    command: "ClearCallback";
    call: string;
    reason?: string;
  }
  /** The wall clock of a machine was set by `seconds`, backward when negative. `of`: room or switch, who noticed. What the room still waits for is told by the new clock from here on. */
  interface ClockStepped {
    event: "ClockStepped";
    of: "room" | "switch";
    seconds: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface CloseIncident {
    command: "CloseIncident";
    incident: string;
    outcome?: string;
  }
  interface CloseLink {
    command: "CloseLink";
    call: string;
  }
  /** Nobody may pass where it is drawn (`stops`: all), or only motorcycles and people on foot (cars). `until`: seconds since 1970, 0 for until somebody opens it. */
  interface CloseStreet {
    command: "CloseStreet";
    drawn: Drawn;
    stops?: "all" | "cars";
    why?: string;
    until?: number;
  }
  /** A StreetClosed that still holds; the fields are explained there. */
  interface Closure {
    id: string;
    drawn: Drawn;
    by: string;
    since: number;
    stops: "all" | "cars";
    why: string;
    until: number;
    pieces: number;
    streets: string[];
  }
  /** Commands, told apart by their tag. */
  type Command =
    | SignOn
    | SignOff
    | SetReady
    | AnswerCall
    | HangUp
    | Hold
    | Mute
    | AddParty
    | DropParty
    | SetPartyMode
    | Transfer
    | TakeOver
    | Supervise
    | LeaveCall
    | SendDigits
    | SendText
    | Prompt
    | RequestMsd
    | CallBack
    | PlaceCall
    | ObserveLocation
    | VerifyLocation
    | SendLocationLink
    | CloseLink
    | AnswerBrowser
    | AddAlias
    | RemoveAlias
    | OpenIncident
    | UpdateIncident
    | AddNote
    | LinkCall
    | ConfirmPlace
    | LinkAlert
    | AnswerAlert
    | Recommend
    | RaiseAlarmLevel
    | AssignUnit
    | CancelAssignment
    | Acknowledge
    | ReportProgress
    | SetUnitStatus
    | CloseStreet
    | ReopenStreet
    | SetConditions
    | CloseIncident
    | DisposeCall
    | ClearCallback
    | ViewCamera
    | RunCanary
    | ClearAlarm;
  /** `seq` of the last entry that came of the command, which is on the disk; `mark`: with the id of its journal. */
  interface CommandDone {
    seq: number;
    mark: string;
  }
  /** `text`: why, and what to do instead. `about`: the incident or the call that it was about. */
  interface CommandRefused {
    event: "CommandRefused";
    command: string;
    by: string;
    text: Text;
    about?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A ConditionsSet that still holds; the board has one, `now`, or none. */
  interface ConditionsNow {
    by: string;
    since: number;
    rain: boolean;
    tide_m: number | null;
    until: number;
  }
  /** What somebody said of the weather and the water, until `until` (seconds since 1970). `tide_m`: the water in metres of the tide table, None: as the table says, if there is one. `by` "": the time of what was said before is over. */
  interface ConditionsSet {
    event: "ConditionsSet";
    by?: string;
    rain?: boolean;
    tide_m?: number | null;
    until?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The place is right although it lies outside our boundaries. */
  interface ConfirmPlace {
    command: "ConfirmPlace";
    incident: string;
  }
  /** `number` is a telephone number or a SIP URI; `agency` an id of agencies.csv or ""; `languages` as two-letter codes (ISO 639-1), which matter for interpreters. `receives`: is told where the caller is, and gets a reference to the incident. */
  interface Contact {
    id: string;
    name: string;
    number: string;
    kind: string;
    agency: string;
    languages: string[];
    receives: boolean;
  }
  /** By `capability`, within `within_s` seconds of the call; `idle` of `on_duty` units are free, and each is taken to be busy for the share `busy` of the time. `capabilities`: those that may be asked for, the watched ones first. Not `fresh`: on the streets as they were before the latest closure or change of weather. */
  interface Covered {
    capability: string;
    capabilities: string[];
    within_s: number;
    idle: number;
    on_duty: number;
    busy: number;
    overall: CoveredArea;
    areas: CoveredArea[];
    points: CoveredPoint[];
    fresh: boolean;
  }
  /** An area, or all of them together; `covered` now and `planned` with every unit idle at its base, 0 to 1. */
  interface CoveredArea {
    name: string;
    covered: number;
    planned: number;
  }
  /** A demand point; `covered` is 0 to 1, `units` how many idle ones would be there in time. */
  interface CoveredPoint {
    name: string;
    area: string;
    lat: number;
    lon: number;
    weight: number;
    covered: number;
    units: number;
  }
  /** A surprise from outside, kept and not refused. `about`: call, unit, switch, settings … `detail`: as it came. */
  interface DiscrepancyNoted {
    event: "DiscrepancyNoted";
    about: string;
    what: Text;
    detail?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface DisposeCall {
    command: "DisposeCall";
    call: string;
    disposition: "emergency" | "ghost" | "information" | "prank" | "test";
  }
  /** It is done, and there is nothing more to say. */
  interface Done {}
  /** `user` began it; `caller`: the number of its call; `rev` counts what was kept of it; `incident`: what the words are to be added to, when the form was opened while somebody still wrote. `discarded`: when it was thrown away, 0 for never. Times in seconds since 1970. */
  interface Draft {
    id: string;
    key: string;
    about: About;
    user: string;
    words: DraftWords;
    began: number;
    changed: number;
    rev: number;
    caller: string;
    incident: string;
    discarded: number;
  }
  /** Somebody threw away what was written and not sent: a form (`kind` form), a note or an answer to a caller. */
  interface DraftDiscarded {
    event: "DraftDiscarded";
    draft: string;
    by: string;
    kind: string;
    words: string;
    call?: string;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The draft as it is now, null when its words have come into the journal; `taken`: what was sent is in it. */
  interface DraftKept {
    draft: Draft | null;
    taken: boolean;
  }
  interface DraftRestored {
    event: "DraftRestored";
    draft: string;
    by: string;
    call?: string;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What is written; of a note or an answer only `note`. `said` as for OpenIncident. */
  interface DraftWords {
    type?: string;
    address?: string;
    note?: string;
    said?: string;
    location?: Location | null;
  }
  /** What is written; of a note or an answer only `note`. `said` as for OpenIncident. */
  interface GivenDraftWords {
    type?: string;
    address?: string;
    note?: string;
    said?: string;
    location?: GivenLocation | null;
  }
  /** What a page writes. `base`: the `rev` that it began from, 0 for a new draft. */
  interface DraftWritten {
    about: GivenAbout;
    key: string;
    words: GivenDraftWords;
    base?: number;
  }
  /** Drafts by their ids, null for one that is gone; `all`: there are no others. */
  interface DraftsTold {
    drafts: Record<string, Draft | null>;
    all?: boolean;
  }
  /** `points` are (lat, lon) in degrees: one of a point, two or more along a line, three or more corners of an area. `radius_m` is how far a point, or a line, reaches to each side. */
  interface Drawn {
    shape: "area" | "line" | "point";
    points: [number, number][];
    radius_m?: number;
  }
  interface DropParty {
    command: "DropParty";
    call: string;
    party: string;
  }
  /** Keys that the caller, or a party, pressed. */
  interface DtmfReceived {
    event: "DtmfReceived";
    call: string;
    digits: string;
    party?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface DtmfSent {
    event: "DtmfSent";
    call: string;
    digits: string;
    by: string;
    party?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Whoever holds the key that was given to contact `to` fetched what is known, from `address`; `digest` of the key, which opens nothing from now on. */
  interface EidoRead {
    event: "EidoRead";
    about: string;
    address?: string;
    to?: string;
    digest?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** As EntryTold, of what concerns the crew's unit; of the event its kind alone, since it may name other units. */
  interface EntryForCrew {
    seq: number;
    at: number;
    event: EventKind;
    put: Put;
  }
  /** Entry `seq`, which happened `at` (seconds since 1970), and what it changed on the board; `precedence` of those of its calls that wait. */
  interface EntryTold {
    seq: number;
    at: number;
    event: Event;
    put: Put;
    precedence?: Record<string, Precedence[]>;
  }
  /** What was recorded of a call or an incident was erased because the law says so: the keys of `subjects` are deleted with this entry, which opens nothing any more that was sealed for them before it (dispatch/journal/keys.py); `digests`: of the files that go, SHA-256 hex. `rule`: the provision, `letter`: the number of the decision that ordered it. */
  interface Erased {
    event: "Erased";
    rule: string;
    letter: string;
    by: string;
    call?: string;
    incident?: string;
    subjects?: string[];
    digests?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Of a `call` or of an `incident`. `rule`: the provision that orders it, such as "UU 27/2022 pasal 43"; `letter`: the decision's number and date. */
  interface Erasure {
    rule: string;
    letter: string;
    call?: string;
    incident?: string;
  }
  /** What was erased: `call` or `incident`; how many files of it the entry has `named`, and how many of them were there and are `erased`. */
  interface ErasureDone {
    call: string;
    incident: string;
    named: number;
    erased: number;
  }
  /** Events, told apart by their tag. */
  type Event =
    | PlaceAliasAdded
    | PlaceAliasRemoved
    | CallReceived
    | CallPlaced
    | LocationReceived
    | CallQueued
    | CallScored
    | CallPrioritised
    | CallOffered
    | CallAccepted
    | CallBridged
    | CallParted
    | AnnouncementStarted
    | CallEnded
    | LegLost
    | CallbackOwed
    | CallbackCleared
    | CallDisposed
    | RecordingSealed
    | RecordingIncomplete
    | SoundStrayed
    | DiscrepancyNoted
    | CanaryScheduled
    | CanaryStarted
    | CanaryRang
    | CanaryAnswered
    | CanaryEnded
    | CanaryCame
    | CanaryHeard
    | CanaryPassed
    | CanaryFailed
    | AlarmRaised
    | AlarmCleared
    | DraftDiscarded
    | DraftRestored
    | CameraViewed
    | RecordingPlayed
    | CallReplayed
    | JournalRead
    | JournalVerified
    | Erased
    | UserSignedIn
    | UserSignedOut
    | SignInRefused
    | AccountChanged
    | SwitchConnected
    | SwitchLost
    | TrunkLost
    | TrunkBack
    | RoomStarted
    | CatalogueInForce
    | ClockStepped
    | ProcessStalled
    | CommandRefused
    | PositionJoined
    | PositionParted
    | ModeChanged
    | PartyDialled
    | PartyJoined
    | PartyLeft
    | CallTransferred
    | CallTakenOver
    | DtmfReceived
    | DtmfSent
    | TextReceived
    | TextSent
    | ReferenceGiven
    | EidoRead
    | IncidentOpened
    | IncidentChanged
    | IncidentClosed
    | NoteAdded
    | CallLinked
    | RecommendationMade
    | AlarmLevelRaised
    | UnitRegistered
    | UnitRetired
    | UnitStatusChanged
    | UnitAssigned
    | AssignmentAcknowledged
    | AssignmentProgressed
    | ProgressTold
    | AssignmentUnanswered
    | AssignmentReleased
    | UnitsSighted
    | LinkSent
    | LinkOpened
    | LinkAsked
    | LinkAnswered
    | LinkConsented
    | LinkClosed
    | PhotoReceived
    | PhotoViewed
    | LocationChosen
    | LocationVerified
    | LocationContradicted
    | CivicReceived
    | LocationReferenced
    | ReferenceTried
    | AdditionalDataReceived
    | AmlReceived
    | AmlClaimed
    | AmlLapsed
    | PlaceDoubted
    | PlaceConfirmed
    | CentreAlerted
    | AlertWithdrawn
    | AlertReceived
    | AlertLinked
    | AlertAnswered
    | AlertUnanswered
    | NoticeOrdered
    | NoticeRepeated
    | NoticeSent
    | NoticeFailed
    | OrderIssued
    | OrderDone
    | OrderFailed
    | OrderExpired
    | PositionOpened
    | PositionReady
    | PositionAttended
    | PositionUnattended
    | PositionClosed
    | PositionLegUp
    | PositionLegDown
    | CallOverflowed
    | PlacesTold
    | WrapUpBegan
    | WrapUpEnded
    | ShiftsChanged
    | SilenceNoted
    | CallerPrompted
    | PromptsUnanswered
    | SilentLetGo
    | StreetClosed
    | StreetReopened
    | ConditionsSet
    | WaysReviewed
    | MsdReceived;
  /** The kind of an event. */
  interface EventKind {
    event: string;
  }
  /** `seq`: of the entry it is about, 0 when it is about none; `upto`: of the last one; `what`: a digest, a name. */
  interface Fault {
    kind: string;
    code: string;
    seq?: number;
    upto?: number;
    what?: string;
  }
  /** Where a unit was: degrees WGS84, `at` seconds since 1970, speed m/s, bearing degrees, accuracy metres. `device` sent it. `doubt`: why it may be wrong, "" or one of DOUBTS in dispatch/tracking/fixes.py. */
  interface Fix {
    unit: string;
    lat: number;
    lon: number;
    at: number;
    speed?: number;
    bearing?: number;
    accuracy?: number;
    device?: string;
    doubt?: string;
  }
  /** How many positions are kept, and why each of the others is not used. */
  interface FixesTaken {
    kept: number;
    ignored: Worded[];
  }
  interface HangUp {
    command: "HangUp";
    call: string;
  }
  /** `ok`: journal and switch go on. `journal`: why it is away, null when all is well; `faults`: the technicians' alarms; `stuck`: what stands still in the switch, and since how many seconds. */
  interface Health {
    ok: boolean;
    faults: string[];
    seq: number;
    journal: Worded | null;
    switch: boolean;
    stuck: Record<string, number>;
  }
  /** `page`: a name that the page gives itself; `here`: false when it is being closed. */
  interface Here {
    page: string;
    here?: boolean;
  }
  /** A place; `kind` is its own, or street, crossing, km, coordinates, pluscode, alias, learnt; `score` from 0 to 1, 1 for the very name; `metres` from where the caller seems to be, -1 when nobody said where that is. */
  interface Hit {
    name: string;
    kind: string;
    lat: number;
    lon: number;
    score: number;
    metres: number;
  }
  /** The caller hears music until `held` is false again; the line stays open. */
  interface Hold {
    command: "Hold";
    call: string;
    held: boolean;
  }
  /** From entry `seq` on the words of `language` are those with this digest, "" for none. */
  interface InForce {
    seq: number;
    language: string;
    digest: string;
  }
  /** `state`: open, closed. `alarm_level`: see AlarmLevelRaised; `next_level`: 0 when no run card asks for more. `doubt`: what is odd about its place; `confirmed_by`: who made sure of it all the same. `shortfall`, `missing`, `method`, `cautions`: see RecommendationMade. `erased`, `journal`: see Call. */
  interface Incident {
    id: string;
    type: string;
    opened: number;
    by: string;
    state: "closed" | "open";
    location: Location | null;
    address: string;
    calls: string[];
    notes: Note[];
    candidates: Candidate[];
    shortfall: [string, number][];
    missing: Text[];
    method: Text[];
    recommended: number;
    alarm_level: number;
    next_level: number;
    assignments: string[];
    closed: number;
    outcome: string;
    doubt: Text | null;
    confirmed_by: string;
    cautions: Text[];
    erased: boolean;
    journal: string;
  }
  /** Only the fields that changed; `said` and `draft` as in IncidentOpened. */
  interface IncidentChanged {
    event: "IncidentChanged";
    incident: string;
    by: string;
    type?: string;
    location?: Location | null;
    address?: string | null;
    said?: string;
    draft?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface IncidentClosed {
    event: "IncidentClosed";
    incident: string;
    by: string;
    outcome?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** An incident of the board, with those of its assignments and calls that are still there. */
  interface IncidentNow {
    incident: Incident;
    assignments: Record<string, Assignment>;
    calls: Record<string, Call>;
  }
  /** `said`: what the caller called the place, when it was set on the map and not found by its name. `alert`: what a neighbouring centre told us of. `draft`: whose words these are (dispatch/drafting/drafts.py). */
  interface IncidentOpened {
    event: "IncidentOpened";
    incident: string;
    type: string;
    by: string;
    call?: string;
    location?: Location | null;
    address?: string;
    said?: string;
    alert?: string;
    draft?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `needs` is what to send, as (capability, how many units); `level` 1 is the most urgent of three. */
  interface IncidentType {
    id: string;
    names: Record<string, string>;
    needs: [string, number][];
    level: number;
  }
  /** One entry, as docs/journal.md says: `seq` from 1 without gaps; `sealed` and `opened` (salt and words) base64. One that is damaged has `unread` (base64) and an `event` that says so in the place of its `leaf`. */
  interface JournalLine {
    seq: number;
    digest: string;
    sealed?: string;
    opened?: string;
    unread?: string;
    event?: Event;
    leaf?: LeafLine;
  }
  interface JournalRead {
    event: "JournalRead";
    by: string;
    after: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `faults`: how many of each kind (dispatch/journal/verification.py). */
  interface JournalVerified {
    event: "JournalVerified";
    by: string;
    intact: boolean;
    faults?: Record<string, number>;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `best`, `verified`, `contradicted`: numbers of observations, -1 for none. `trail`: source -> [lat, lon, time] in the order of time, of what can be drawn. */
  interface Known {
    call: string;
    best: number;
    why: Worded | null;
    verified: number;
    verified_by: string;
    contradicted: number;
    observations: Observation[];
    trail: Record<string, [number, number, number][]>;
    civic: Record<string, string>[];
    references: Record<string, Worded | null>;
  }
  /** What the digest of an entry covers; docs/journal.md has its members. */
  interface LeafLine {
    seq: number;
    journal: string;
    recorded: number;
    happened: number;
    event: string;
    subjects: string[];
    subject?: string;
    key?: number;
    sealed?: string;
    words?: string;
    body?: Record<string, unknown>;
  }
  /** Ends what Supervise began. */
  interface LeaveCall {
    command: "LeaveCall";
    position: string;
  }
  interface LegLost {
    event: "LegLost";
    call: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The page on a caller's telephone, by call. `since`: of the first sending to this number, from when on its lines are shown; `browsers`: those that are let in, the first one by itself; `denied`: those that are not. `consents`: location, photos, chat; `agreed`: how often any was given; `places`, `texts`: how many came; `closed`: 0 while it is open. */
  interface Link {
    call: string;
    to: string;
    channel: "sms" | "whatsapp";
    by: string;
    notice: string;
    digest: string;
    sent: number;
    expires: number;
    since: number;
    browsers: string[];
    asking: Asking[];
    denied: string[];
    opened: number;
    agent: string;
    opens: number;
    consents: ("chat" | "location" | "photos")[];
    agreed: number;
    places: number;
    last_place: number;
    texts: number;
    photos: Photo[];
    closed: number;
  }
  /** What a neighbouring centre told us of is this incident of ours. */
  interface LinkAlert {
    command: "LinkAlert";
    alert: string;
    incident: string;
  }
  /** Somebody let that browser in (`allowed`), or not. */
  interface LinkAnswered {
    event: "LinkAnswered";
    call: string;
    browser: string;
    allowed: boolean;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Another browser has the key too. It is shown nothing until somebody here lets it in. */
  interface LinkAsked {
    event: "LinkAsked";
    call: string;
    browser: string;
    agent?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface LinkCall {
    command: "LinkCall";
    incident: string;
    call: string;
  }
  /** `by`: who closed it, "" when its time was over. */
  interface LinkClosed {
    event: "LinkClosed";
    call: string;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The person at the telephone agreed to give `what` (location, photos or chat), or takes that back. */
  interface LinkConsented {
    event: "LinkConsented";
    call: string;
    what: "chat" | "location" | "photos";
    withdrawn?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The first `browser` (digest of its cookie) to open a page is let in; `agent`: what it says it is. */
  interface LinkOpened {
    event: "LinkOpened";
    call: string;
    agent?: string;
    browser?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `digest`: of the key that this sending gave to this number, and which itself is nowhere written down. `expires`: seconds since 1970. */
  interface LinkSent {
    event: "LinkSent";
    call: string;
    to: string;
    channel: "sms" | "whatsapp";
    by: string;
    notice: string;
    digest: string;
    expires: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What people call a place, added by the room's own or `learnt` from what they corrected. `seq`: of the entry that says so. */
  interface LocalName {
    alias: string;
    name: string;
    lat: number;
    lon: number;
    learnt: boolean;
    seq: number;
  }
  /** `lat`, `lon` in degrees WGS84; `radius` in metres (0 = a point), within which the caller is with `confidence` percent (0: the sender says it is not known); `at` in epoch seconds; `ring` holds (lat, lon) pairs of the area's corners; `altitude` in metres above the ellipsoid; `flags` say what is wrong with it, in short words. */
  interface Location {
    lat: number;
    lon: number;
    radius: number;
    confidence: number;
    method: string;
    source: string;
    at: number;
    text: string;
    shape: string;
    ring: [number, number][];
    civic: Record<string, string>;
    altitude: number | null;
    flags: string[];
  }
  /** `lat`, `lon` in degrees WGS84; `radius` in metres (0 = a point), within which the caller is with `confidence` percent (0: the sender says it is not known); `at` in epoch seconds; `ring` holds (lat, lon) pairs of the area's corners; `altitude` in metres above the ellipsoid; `flags` say what is wrong with it, in short words. */
  interface GivenLocation {
    lat: number;
    lon: number;
    radius?: number;
    confidence?: number;
    method?: string;
    source?: string;
    at?: number;
    text?: string;
    shape?: string;
    ring?: [number, number][];
    civic?: Record<string, string>;
    altitude?: number | null;
    flags?: string[];
  }
  /** From here on this `observation` of the call (its number, counted from 0 as received) is the best one. */
  interface LocationChosen {
    event: "LocationChosen";
    call: string;
    observation: number;
    why: Text;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** This observation is newer than the verified one and `metres` away beyond what both leave open. The verified one stays the best until a person decides. */
  interface LocationContradicted {
    event: "LocationContradicted";
    call: string;
    observation: number;
    verified: number;
    metres: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** One observation of where the caller is. `by`: the person whose observation it is, "" for a machine's. */
  interface LocationReceived {
    event: "LocationReceived";
    call: string;
    location: Location;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The network says at which address (http, https) it tells where the caller is, again and again while the call lasts. `kind`: location, or the kind of additional data that is there. */
  interface LocationReferenced {
    event: "LocationReferenced";
    call: string;
    uri: string;
    kind?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A person made sure that the caller is at this observation. */
  interface LocationVerified {
    event: "LocationVerified";
    call: string;
    observation: number;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What is drawn without tiles: GeoJSON FeatureCollections (RFC 7946). */
  interface MapLayers {
    land: Record<string, unknown>;
    boundaries: Record<string, unknown>;
    roads: Record<string, unknown>;
    places: Record<string, unknown>;
  }
  /** Somebody in the conversation beside the caller and the call-taker. `kind`: position or party; `mode`: dialling (not there yet), talk, muted, listen, whisper, held. */
  interface Member {
    id: string;
    kind: "party" | "position";
    mode: "dialling" | "held" | "listen" | "muted" | "talk" | "whisper";
    label: string;
    uri: string;
    blind: boolean;
    phone: string;
  }
  /** Whether it was AML, and was taken. */
  interface MessageRead {
    read: boolean;
  }
  /** What `member` ("" is the caller, else a position or a party) does now: talk, muted, listen, whisper or held. */
  interface ModeChanged {
    event: "ModeChanged";
    call: string;
    member: string;
    mode: "dialling" | "held" | "listen" | "muted" | "talk" | "whisper";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The minimum set of data of an eCall (EN 15722).
   *  `version` 1 to 3; `message`: 1, counting up with each retransmission of one eCall. `automatic`: the vehicle called, not a person. `trusted`: the position is right within 150 m with 95 %. `vehicle`: category (M1, N2, L3e …). `propulsion`: words of telephony.messages.ecall.PROPULSION. `at`: time of the incident in epoch seconds, 0 unknown. `lat`, `lon` in degrees WGS84 or None. `heading` in degrees clockwise from north, None unknown. `recent`: (lat, lon) before it, the latest first. `occupants`: None unknown. `data_oid`, `data`: additional data and its format, in hexadecimal digits. */
  interface Msd {
    version: number;
    message: number;
    automatic: boolean;
    test: boolean;
    trusted: boolean;
    vehicle: string;
    vin: string;
    propulsion: string[];
    at: number;
    lat: number | null;
    lon: number | null;
    heading: number | null;
    recent: [number, number][];
    occupants: number | null;
    data_oid: string;
    data: string;
  }
  /** A vehicle's minimum set of data (RFC 8147), with the call or within it. `raw`: digest of the message kept beside the journal. `test`: the vehicle says that the call is a test; it counts as one, so it is known without the rest. */
  interface MsdReceived {
    event: "MsdReceived";
    call: string;
    msd: Msd;
    raw?: string;
    test?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The call hears nothing of this position; for phones that have no such key, and for everybody's certainty. */
  interface Mute {
    command: "Mute";
    position: string;
    muted: boolean;
  }
  /** Who asks; `now`: the room's clock, seconds since 1970. */
  interface Myself {
    user: string;
    role: string;
    unit: string;
    now: number;
  }
  /** Why something was not done, for the person who can mend it: `code` names the sentence in the catalogue, `params` fill its blanks, `text` is the sentence in the asker's language. */
  interface NotDone {
    error: Worded;
  }
  /** A reason why a call-taker takes no calls for a while. */
  interface NotReady {
    id: string;
    names: Record<string, string>;
  }
  interface Note {
    at: number;
    by: string;
    text: string;
  }
  /** `draft` as in IncidentOpened. */
  interface NoteAdded {
    event: "NoteAdded";
    incident: string;
    text: string;
    by: string;
    draft?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `state`: waiting (on its way), failed (tried again at `again`), sent, given_up. Times in seconds since 1970. `demo`: it was not sent, but written into a file. */
  interface Notice {
    id: string;
    channel: "centre" | "sms" | "technician" | "whatsapp";
    to: string;
    text: Text;
    ordered: number;
    expires: number;
    state: "failed" | "given_up" | "sent" | "waiting";
    language: string;
    by: string;
    call: string;
    link: string;
    about: string;
    tries: number;
    again: number;
    settled: number;
    why: Text | null;
    demo: boolean;
    incident: string;
  }
  /** `again`: when it is tried again, seconds since 1970; 0 when it is given up. */
  interface NoticeFailed {
    event: "NoticeFailed";
    notice: string;
    why: Text;
    again?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `channel`: sms, whatsapp, technician or centre; `to`: a number in E.164, "" for the technicians, a centre's id: then what it is told is made of alert `about` when the notice leaves. `text` leaves in `language`, in the city's first where there are no words in that, to technicians in every one; its blank `link` is the address of the page of call `link`, which is a secret and is filled in when the notice leaves. An attempt of which nothing is heard until `until` has failed; after `expires` nothing is tried again (seconds since 1970). `about`: the alarm or the alert that it tells of; `incident`: whose words are in it. */
  interface NoticeOrdered {
    event: "NoticeOrdered";
    notice: string;
    channel: "centre" | "sms" | "technician" | "whatsapp";
    to: string;
    text: Text;
    until: number;
    expires: number;
    language?: string;
    by?: string;
    call?: string;
    link?: string;
    about?: string;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The time has come to try again. */
  interface NoticeRepeated {
    event: "NoticeRepeated";
    notice: string;
    until: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A gateway took it; whether the telephone rang, only the gateway knows. `demo`: it was written into a file. */
  interface NoticeSent {
    event: "NoticeSent";
    notice: string;
    demo?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What the demo would have sent. */
  interface NoticeText {
    text: string;
  }
  /** `number`: counted from 0 as received; `received`: when, seconds since 1970; `kind`: of its source, and `radius95`, metres: see docs/locations.md; `by`: the person whose observation it is. */
  interface Observation {
    number: number;
    received: number;
    location: Location;
    kind: string;
    radius95: number;
    by: string;
  }
  /** Where the caller says to be. Without `location` the gazetteer looks for `text`. */
  interface ObserveLocation {
    command: "ObserveLocation";
    call: string;
    location?: GivenLocation | null;
    text?: string;
  }
  /** `said`: what the caller called the place, when it was set on the map and not found by its name. `alert`: what a neighbouring centre told us of. `draft`: the draft (dispatch/drafting/drafts.py) whose words these are. */
  interface OpenIncident {
    command: "OpenIncident";
    type: string;
    call?: string;
    location?: GivenLocation | null;
    address?: string;
    note?: string;
    said?: string;
    alert?: string;
    draft?: string;
  }
  /** A pending OrderIssued; the fields are explained there. */
  interface Order {
    id: number;
    do: "canary" | "connect" | "dial" | "dtmf" | "hangup" | "inform" | "leave" | "mode" | "msd" | "place" | "play" | "ring" | "text";
    issued: number;
    expires: number;
    call: string;
    position: string;
    party: string;
    mode: "" | "barge" | "held" | "listen" | "muted" | "talk" | "unheard" | "whisper";
    uri: string;
    headers: Record<string, string>;
    body: string;
    body_type: string;
    sounds: string[];
    text: string;
    by: string;
  }
  /** `journal`: in whose entries `order` is the number, as the switch was told it; "" for this one's. */
  interface OrderDone {
    event: "OrderDone";
    order: number;
    journal?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface OrderExpired {
    event: "OrderExpired";
    order: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface OrderFailed {
    event: "OrderFailed";
    order: number;
    why: Text;
    journal?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** An instruction to the outside world; its number is its place in the journal. Pending until a fact confirms it or `expires` (seconds since 1970). To the switch, `do` is
   *  connect   call to `position`; mode talk takes the place of the position that had it; barge, listen and whisper join mode      of the caller, or of `position` or `party` at the call: talk, muted, held leave     `position` leaves the conversation dial      `uri` into the call as `party` place     a new call to `uri`, for `position` hangup    the call, the audio of `position`, or `party`; with mode unheard only when no sound comes from it ring      `position` play      `sounds` to the caller, one after the other dtmf      `text` as keys to the caller or `party` text      `text` to the caller canary    a test call to `uri`, named by `call` msd       asks the caller's vehicle for newer data (RFC 8147) inform    `body` of type `body_type` to the caller's phone, by INFO */
  interface OrderIssued {
    event: "OrderIssued";
    do: "canary" | "connect" | "dial" | "dtmf" | "hangup" | "inform" | "leave" | "mode" | "msd" | "place" | "play" | "ring" | "text";
    expires: number;
    call?: string;
    position?: string;
    party?: string;
    mode?: "" | "barge" | "held" | "listen" | "muted" | "talk" | "unheard" | "whisper";
    uri?: string;
    headers?: Record<string, string>;
    body?: string;
    body_type?: string;
    sounds?: string[];
    text?: string;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** OwnTracks' position: `vel` km/h, `tst` seconds since 1970. */
  interface OwnTracks {
    lat: number;
    lon: number;
    tst?: number;
    tid?: string;
    topic?: string;
    vel?: number | null;
    cog?: number | null;
    acc?: number | null;
  }
  /** `at`: seconds since 1970; `mine`: written by the caller. */
  interface PageLine {
    at: number;
    text: string;
    mine: boolean;
  }
  /** What a browser is shown: whether the page is `open`; `asks`: it waits to be let in; what was agreed to; how many photos were `sent`; the newest lines. */
  interface PageState {
    open: boolean;
    asks: boolean;
    consents: ("chat" | "location" | "photos")[];
    sent: number;
    lines: PageLine[];
  }
  /** Somebody else is called into the conversation: an agency, an interpreter, another centre. `label` for people. `blind`: the call-taker has left already; when the party does not answer, the caller comes back. `phone`: which of the queue's telephones it is, as the city's files name it, where nobody here chose it. */
  interface PartyDialled {
    event: "PartyDialled";
    call: string;
    party: string;
    uri: string;
    label: string;
    by: string;
    blind?: boolean;
    phone?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PartyJoined {
    event: "PartyJoined";
    call: string;
    party: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Hung up, or never answered (`why` tells the SIP answer). */
  interface PartyLeft {
    event: "PartyLeft";
    call: string;
    party: string;
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `peaks`: the loudest sample (0 to 1) of each of up to 400 slices; how many `seconds` it lasts; when it `started`, seconds since 1970. */
  interface Peaks {
    peaks: number[];
    seconds: number;
    started: number;
  }
  /** A new person, or a new password or role for one that is there. `skills`: words with commas between them; null leaves them as they are. */
  interface Person {
    name: string;
    password: string;
    role: string;
    unit?: string;
    skills?: string | null;
  }
  /** What the browser's Geolocation gives: degrees, `accuracy` in metres at 95 %, `at` in seconds since 1970. */
  interface PhoneFix {
    lat: number;
    lon: number;
    accuracy: number;
    at: number;
    altitude?: number | null;
  }
  /** What a SIP phone is set up with: `sip` is its address; a password is shown once. */
  interface PhonePassword {
    user: string;
    password: string;
    sip: string;
    realm: string;
  }
  /** Fields as in PhotoReceived. */
  interface Photo {
    digest: string;
    at: number;
    size: number;
    type: "image/jpeg" | "image/png" | "image/webp";
    width: number;
    height: number;
  }
  /** SHA-256 of the picture, in hexadecimal digits. */
  interface PhotoKept {
    digest: string;
  }
  /** Kept beside the journal as it came, under its SHA-256. `size` in bytes, `width` and `height` in pixels; `type`: image/jpeg, image/png or image/webp. */
  interface PhotoReceived {
    event: "PhotoReceived";
    call: string;
    digest: string;
    size: number;
    type: "image/jpeg" | "image/png" | "image/webp";
    width: number;
    height: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PhotoViewed {
    event: "PhotoViewed";
    call: string;
    digest: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** People call the point (degrees) `alias`; `name` says in other words what is there, and may be empty. `learnt`: from what somebody set on the map for a caller's words, in `incident`; nobody has confirmed it. Replaces one of the same alias. */
  interface PlaceAliasAdded {
    event: "PlaceAliasAdded";
    alias: string;
    name: string;
    lat: number;
    lon: number;
    by: string;
    learnt?: boolean;
    incident?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PlaceAliasRemoved {
    event: "PlaceAliasRemoved";
    alias: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Calls an agency, a responder or anybody. `to` as for AddParty. */
  interface PlaceCall {
    command: "PlaceCall";
    to: string;
    position: string;
    incident?: string;
  }
  /** A person made sure that a doubted place is right. */
  interface PlaceConfirmed {
    event: "PlaceConfirmed";
    incident: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The incident lies outside everything that is ours, `metres` from `border`; `text` says so. Without it: it does not any more. `centre`: in whose area it lies, "" in nobody's. */
  interface PlaceDoubted {
    event: "PlaceDoubted";
    incident: string;
    text?: Text | null;
    border?: string;
    metres?: number;
    centre?: string;
    at_sea?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** These callers are told their place in the queue, 1 for the first. `next`: when somebody else is due, seconds since 1970; 0 when nobody waits who can be told. */
  interface PlacesTold {
    event: "PlacesTold";
    calls?: [string, number][];
    next?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Where a point is, in words. */
  interface PointWords {
    text: string;
  }
  /** `leg`: the audio that is connected, "" without. `mode`: what it does at `call`, see Member. `idle_since`: for longest-idle-first, seconds since 1970. `wrapping`: the call that is over and has no outcome yet. `attended`: a page shows it, or did; `away`: why nobody can be there now, see PositionUnattended. */
  interface Position {
    id: string;
    user: string;
    media: "browser" | "phone";
    ready: boolean;
    reason: string;
    leg: string;
    call: string;
    mode: "" | "held" | "listen" | "muted" | "talk" | "whisper";
    idle_since: number;
    skills: string[];
    wrapping: string;
    attended: boolean;
    away: "" | "ended" | "locked" | "page" | "rights";
  }
  /** A page of its user shows the position, and answers. */
  interface PositionAttended {
    event: "PositionAttended";
    position: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PositionClosed {
    event: "PositionClosed";
    position: string;
    why: Text;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A further position is in the conversation. `mode`: talk (barge in), listen, or whisper (only call-takers hear it). */
  interface PositionJoined {
    event: "PositionJoined";
    call: string;
    position: string;
    mode: "listen" | "talk" | "whisper";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PositionLegDown {
    event: "PositionLegDown";
    position: string;
    leg: string;
    why?: Text | null;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The call-taker's audio is connected and stays so ("nailed up"). `user`: whose phone or page it is. */
  interface PositionLegUp {
    event: "PositionLegUp";
    position: string;
    leg: string;
    user?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `media`: browser or phone. `skills`: of the user, such as en, zh, fire. */
  interface PositionOpened {
    event: "PositionOpened";
    position: string;
    user: string;
    media: "browser" | "phone";
    skills?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** This position left the conversation; the caller still has somebody, or is told of by CallParted. */
  interface PositionParted {
    event: "PositionParted";
    call: string;
    position: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface PositionReady {
    event: "PositionReady";
    position: string;
    ready: boolean;
    reason?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Nobody can be at this position now, whatever was said of its readiness. `why`: page (closed, or it answers no more), locked (its session is over and the password is asked for), ended (a session, password or role was taken back), rights (its user may sit at no position any more). */
  interface PositionUnattended {
    event: "PositionUnattended";
    position: string;
    why: "" | "ended" | "locked" | "page" | "rights";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A waiting call's place in the order, from `after` seconds since it was received. The smallest (`place`, `rank`, time received, id) is answered first. */
  type Precedence =
    | [number, number, number];
  /** What a closure would stop: how many pieces, of which streets (at most 12 names), and each piece as (lat, lon). */
  interface Preview {
    pieces: number;
    streets: string[];
    lines: [number, number][][];
  }
  /** The `of` (room or switch) did not run for `seconds`; nobody is late by them. */
  interface ProcessStalled {
    event: "ProcessStalled";
    of: "room" | "switch";
    seconds: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A crew's report (acknowledged, en_route, on_scene or clear) that came when the assignment was over, or further on: when it happened is kept, the state stays. `state`: of the assignment when it came. */
  interface ProgressTold {
    event: "ProgressTold";
    assignment: string;
    progress: "acknowledged" | "clear" | "en_route" | "on_scene";
    by: string;
    state: "acknowledged" | "assigned" | "clear" | "en_route" | "on_scene" | "released";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Plays one of the spoken questions to the caller: silent ("press 5 if you cannot speak"). */
  interface Prompt {
    command: "Prompt";
    call: string;
    sound: "ghost" | "hold_on" | "silent";
  }
  /** Asked often enough, and nothing came. `let_go`: when the line may be ended by the setting `hang_up_silent`, seconds since 1970; 0 never. */
  interface PromptsUnanswered {
    event: "PromptsUnanswered";
    call: string;
    times: number;
    let_go?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What an entry changed: id → the record now, null when it is gone. */
  interface Put {
    alarms?: Record<string, Alarm | null>;
    alerts?: Record<string, Alert | null>;
    assignments?: Record<string, Assignment | null>;
    callbacks?: Record<string, Callback | null>;
    calls?: Record<string, Call | null>;
    closures?: Record<string, Closure | null>;
    conditions?: Record<string, ConditionsNow | null>;
    incidents?: Record<string, Incident | null>;
    links?: Record<string, Link | null>;
    notices?: Record<string, Notice | null>;
    orders?: Record<string, Order | null>;
    positions?: Record<string, Position | null>;
    units?: Record<string, Unit | null>;
  }
  interface PutBack {
    draft: Draft;
  }
  /** What became of the calls of some hours. `within`: answered within each threshold. `lost` is the sum of the four below it, explained at QueueHour. `open`: neither answered nor lost yet. Waits in seconds; `mean_wait` of those answered or lost. */
  interface QueueFigures {
    received: number;
    answered: number;
    within: number[];
    lost: number;
    lost_at_once: number;
    lost_waiting: number;
    lost_announced: number;
    lost_failed: number;
    overflowed_in: number;
    overflowed_out: number;
    open: number;
    suspected: number;
    mean_wait: number;
    longest_wait: number;
    dispositions: Record<string, number>;
  }
  /** `oldest`: seconds that the oldest waiting call has waited; `talking`: answered calls that came by this queue. */
  interface QueueNow {
    id: string;
    names: Record<string, string>;
    waiting: number;
    suspected: number;
    oldest: number;
    talking: number;
    this_hour: QueueFigures;
    last_hour: QueueFigures;
    today: QueueFigures;
  }
  /** What a page may know of a queue: not the telephones behind it. */
  interface QueueSeen {
    id: string;
    names: Record<string, string>;
  }
  /** `within`: the thresholds of the figures, seconds. `positions`: how many are in each state; `reasons`: of those that are not ready. */
  interface QueuesNow {
    now: number;
    within: number[];
    queues: QueueNow[];
    total: QueueNow;
    positions: Record<string, number>;
    reasons: Record<string, number>;
    seats: Seat[];
  }
  /** The quickest way, as points of (lat, lon) and in words. `mode`: road, boat, road+boat, straight-line. */
  interface QuickestWay {
    path: [number, number][];
    metres: number;
    seconds: number;
    mode: string;
    steps: WayStep[];
  }
  /** More is sent, as the run card of the next level says. */
  interface RaiseAlarmLevel {
    command: "RaiseAlarmLevel";
    incident: string;
  }
  /** One ground of a score. `weight`: what it adds to the score, 0 or less when it speaks for the caller. */
  interface Reason {
    text: Text;
    weight: number;
  }
  interface Recommend {
    command: "Recommend";
    incident: string;
  }
  /** `shortfall`: (capability, how many units) that no unit fills, and `missing` why, one sentence for each of it. `method`: how the ranking was made. `next_level`: the next alarm level that a run card has, 0 for none. `cautions`: what is odd about the place that it is for. */
  interface RecommendationMade {
    event: "RecommendationMade";
    incident: string;
    candidates: Candidate[];
    shortfall?: [string, number][];
    method?: Text[];
    took_ms?: number;
    missing?: Text[];
    next_level?: number;
    cautions?: Text[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface Recording {
    leg: string;
    digest: string;
    started: number;
    seconds: number;
    size: number;
  }
  /** Of what was spoken on a leg, `missing` of `seconds` are in no recording, and `why`. `running`: it was noticed while the leg goes on; how much it was in the end is told then. */
  interface RecordingIncomplete {
    event: "RecordingIncomplete";
    call: string;
    leg: string;
    missing: number;
    seconds: number;
    why: Text;
    running?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface RecordingPlayed {
    event: "RecordingPlayed";
    digest: string;
    call: string;
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** One WAV of one leg; `digest` SHA-256 hex, `started` seconds since 1970, `seconds` its length. */
  interface RecordingSealed {
    event: "RecordingSealed";
    call: string;
    leg: string;
    digest: string;
    started: number;
    seconds: number;
    size: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** An address at which the network tells more. `kind`: location, or a kind of additional data. `tries` that failed one after the other; `due`: when it is asked again, seconds since 1970, 0 never; `why` the last try failed. */
  interface Reference {
    uri: string;
    kind: string;
    due: number;
    tries: number;
    why: Text | null;
  }
  /** A party of a call is handed what is known of an incident or a call (`about`): its INVITE carries a key that opens it once, until `until` (seconds since 1970). `to`: the contact; `digest`: of the key. */
  interface ReferenceGiven {
    event: "ReferenceGiven";
    call: string;
    party: string;
    about: string;
    to: string;
    digest: string;
    until: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** An address was asked. `why` it gave nothing, None when it did; `again`: when it will be next (0 never). */
  interface ReferenceTried {
    event: "ReferenceTried";
    call: string;
    uri: string;
    why?: Text | null;
    again?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface RemoveAlias {
    command: "RemoveAlias";
    alias: string;
  }
  interface ReopenStreet {
    command: "ReopenStreet";
    closure: string;
  }
  interface ReportProgress {
    command: "ReportProgress";
    assignment: string;
    progress: "clear" | "en_route" | "on_scene";
  }
  /** Asks a vehicle that called for its data anew (RFC 8147). */
  interface RequestMsd {
    command: "RequestMsd";
    call: string;
  }
  /** `journal`: why it cannot be written, null when it can; `switch`: whether it is there; `now`: the room's clock, seconds since 1970. */
  interface RoomNow {
    journal: Text | null;
    switch: boolean;
    now: number;
  }
  /** `journal`: the id that this entry and those after it have. `kernel`, `origin`: which start of the machine, and its stamp by today's clock (seconds since 1970). `patience`: seconds in which whoever could not be heard while there was no room is not yet late. */
  interface RoomStarted {
    event: "RoomStarted";
    version?: string;
    journal?: string;
    kernel?: string;
    origin?: number;
    patience?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A test call by the trunk and back, now. */
  interface RunCanary {
    command: "RunCanary";
  }
  /** The switch's answer to an offer (RFC 8866). */
  interface SdpAnswer {
    sdp: string;
  }
  /** A WebRTC offer (RFC 8866) for the sound of a position. */
  interface SdpOffer {
    position: string;
    sdp: string;
  }
  /** `state`: ready, talking, wrap_up, not_ready (see `reason`), or no_audio: ready, but nobody could be heard. `since`: of readiness or of the call, seconds since 1970. */
  interface Seat {
    id: string;
    user: string;
    state: string;
    reason: string;
    since: number;
    call: string;
  }
  /** Keys, to the caller or to a party. */
  interface SendDigits {
    command: "SendDigits";
    call: string;
    digits: string;
    party?: string;
  }
  /** Sends a page to the caller's telephone that gives places, photos and written lines. `to`: a number, "" for the one that called. */
  interface SendLocationLink {
    command: "SendLocationLink";
    call: string;
    to?: string;
    channel?: "sms" | "whatsapp";
  }
  interface SendText {
    command: "SendText";
    call: string;
    text: string;
  }
  /** `tide_m`: metres of the tide table as somebody reads them now; None for what the table says. It all holds until `until` (seconds since 1970; 0: for three hours). Without rain and tide it takes back what was said. */
  interface SetConditions {
    command: "SetConditions";
    rain?: boolean;
    tide_m?: number | null;
    until?: number;
  }
  /** held: the party waits with music while you speak with the caller. */
  interface SetPartyMode {
    command: "SetPartyMode";
    call: string;
    party: string;
    mode: "held" | "muted" | "talk";
  }
  interface SetReady {
    command: "SetReady";
    position: string;
    ready: boolean;
    reason?: string;
  }
  interface SetUnitStatus {
    command: "SetUnitStatus";
    unit: string;
    status: "available" | "busy" | "off_duty";
  }
  /** A crew is `on` duty, or off, `until` then (seconds since 1970). */
  interface ShiftChange {
    unit: string;
    on: boolean;
    until: number;
  }
  /** By the clock. `again`: when the next ones change. */
  interface ShiftsChanged {
    event: "ShiftsChanged";
    changes: ShiftChange[];
    again: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** What a gateway hands on. `text`: the message as text, or its bytes in hexadecimal digits or base64. */
  interface ShortMessage {
    from: string;
    text: string;
  }
  /** `unit`: chosen by a responder whose account has none. */
  interface SignIn {
    user: string;
    password: string;
    unit?: string;
  }
  interface SignInRefused {
    event: "SignInRefused";
    user: string;
    address?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface SignOff {
    command: "SignOff";
    position: string;
  }
  /** Opens a position (an operator's seat). `media`: browser, or phone for a SIP phone that dials in. `ready`: calls may ring there at once; a supervisor who only listens says no. */
  interface SignOn {
    command: "SignOn";
    position: string;
    media?: "browser" | "phone";
    ready?: boolean;
  }
  /** `unit`: the responder's, "" for the others. */
  interface SignedIn {
    user: string;
    role: string;
    unit: string;
  }
  /** Nothing was heard from the caller for `seconds`; `heard` is true when sound comes again. `never`: nothing at all since the line is up. */
  interface SilenceNoted {
    event: "SilenceNoted";
    call: string;
    seconds: number;
    heard?: boolean;
    never?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The line of a caller of whom nothing ever came is being ended, by the setting `hang_up_silent`, after `seconds`; its number is on the callback list. */
  interface SilentLetGo {
    event: "SilentLetGo";
    call: string;
    seconds: number;
    prompts: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Words with commas between them, such as en, zh, fire. */
  interface Skills {
    skills: string;
  }
  /** What the person can do from now on. */
  interface SkillsNow {
    skills: string[];
  }
  /** The switch's bridge was not what the modes say, and was mended: `listener` heard `speaker` and should not have (`heard`), or should have and did not. Each is a `sound-end` of the catalogue: caller, position, party, sound (what is played), recorder, canary or unknown. `calls`: theirs. */
  interface SoundStrayed {
    event: "SoundStrayed";
    calls: string[];
    listener: Text;
    speaker: Text;
    heard?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface Station {
    id: string;
    agency: string;
    name: string;
    lat: number;
    lon: number;
    phone: string;
  }
  /** One entry of a story: its number, when it happened and was recorded (seconds since 1970), and the event. */
  interface StoryStep {
    seq: number;
    at: number;
    recorded: number;
    event: Event;
  }
  /** `stops`: all, or cars (motorcycles and people on foot still pass). `pieces` of street lay under what was drawn, of the named `streets`. `until`: seconds since 1970, 0 for until somebody opens it. */
  interface StreetClosed {
    event: "StreetClosed";
    closure: string;
    drawn: Drawn;
    by: string;
    stops?: "all" | "cars";
    why?: string;
    until?: number;
    pieces?: number;
    streets?: string[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `by` "": its time was over. */
  interface StreetReopened {
    event: "StreetReopened";
    closure: string;
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Joins a call: listen (nobody hears it), whisper (only the call-taker hears it), talk (everybody does). */
  interface Supervise {
    command: "Supervise";
    call: string;
    position: string;
    mode: "listen" | "talk" | "whisper";
  }
  interface SwitchConnected {
    event: "SwitchConnected";
    boot: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface SwitchLost {
    event: "SwitchLost";
    boot: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The board's public tables: id → record. */
  interface Tables {
    alarms: Record<string, Alarm>;
    alerts: Record<string, Alert>;
    assignments: Record<string, Assignment>;
    callbacks: Record<string, Callback>;
    calls: Record<string, Call>;
    closures: Record<string, Closure>;
    conditions: Record<string, ConditionsNow>;
    incidents: Record<string, Incident>;
    links: Record<string, Link>;
    notices: Record<string, Notice>;
    orders: Record<string, Order>;
    positions: Record<string, Position>;
    units: Record<string, Unit>;
  }
  /** Takes a call that another position has, or that a party was left with. */
  interface TakeOver {
    command: "TakeOver";
    call: string;
    position: string;
  }
  /** `code`: the message's name in the catalogue, family first (`alarm.trunk-down`). `params`: what fills its blanks: names and numbers as they are (metres, seconds, degrees), other texts, or several of them for a list. */
  interface Text {
    code: string;
    params?: Record<string, string | number | (string | Text)[] | Text>;
  }
  /** `via`: rtt (RFC 4103), message (SIP MESSAGE), or link (the page sent to the caller's phone). */
  interface TextReceived {
    event: "TextReceived";
    call: string;
    text: string;
    via: "link" | "message" | "rtt";
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface TextSent {
    event: "TextSent";
    call: string;
    text: string;
    via: "link" | "message" | "rtt";
    by: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `undo`: the id by which it can be put back. */
  interface ThrownAway {
    undo: string;
  }
  /** Traccar Client's from version 9. */
  interface Traccar {
    location: TraccarWhere[] | TraccarWhere;
    device_id?: string;
  }
  /** `speed` in metres a second. */
  interface TraccarCoords {
    latitude: number;
    longitude: number;
    accuracy?: number | null;
    speed?: number | null;
    heading?: number | null;
  }
  /** `timestamp` as in a query. */
  interface TraccarWhere {
    coords: TraccarCoords;
    timestamp?: string | number;
  }
  /** Leaves the caller with a party that has answered. */
  interface Transfer {
    command: "Transfer";
    call: string;
    party: string;
  }
  interface TrunkBack {
    event: "TrunkBack";
    trunk: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `trunk`: its address in the setting `trunk_watch`. */
  interface TrunkLost {
    event: "TrunkLost";
    trunk: string;
    why: Text;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** Its status and its last journaled place (degrees); live fixes are not on the board. `centre`: the neighbouring centre that commands it, "" for ours. `on_shift` holds until `shift_until` (seconds since 1970; 0: always). */
  interface Unit {
    id: string;
    agency: string;
    kind: string;
    name: string;
    lat: number;
    lon: number;
    capabilities: string[];
    profile: string;
    station: string;
    phone: string;
    centre: string;
    status: "available" | "busy" | "off_duty";
    status_at: number;
    assignment: string;
    fix_at: number;
    shift: string;
    on_shift: boolean;
    shift_until: number;
  }
  /** `rank` the unit had in the latest recommendation (0: not in it); `override` the reason for another choice; `ack_by`: without an acknowledgement by then (seconds since 1970) an alarm goes off. */
  interface UnitAssigned {
    event: "UnitAssigned";
    assignment: string;
    incident: string;
    unit: string;
    by: string;
    rank?: number;
    override?: string;
    seconds?: number;
    ack_by?: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A unit, how far it is from the place in a straight line, and by which fix. */
  interface UnitNear {
    unit: string;
    metres: number;
    fix: Fix;
  }
  /** `centre`: the neighbouring centre that commands it, "" for ours. `shift`: when its crew is on duty, as units.csv has it, "" for always. */
  interface UnitRegistered {
    event: "UnitRegistered";
    unit: string;
    agency: string;
    kind: string;
    name: string;
    lat: number;
    lon: number;
    capabilities?: string[];
    profile?: string;
    station?: string;
    phone?: string;
    centre?: string;
    shift?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface UnitRetired {
    event: "UnitRetired";
    unit: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A unit that the centre sends. */
  interface UnitSent {
    id: string;
    state?: "acknowledged" | "assigned" | "clear" | "en_route" | "on_scene" | "released";
  }
  /** `status`: available, busy, off_duty. */
  interface UnitStatusChanged {
    event: "UnitStatusChanged";
    unit: string;
    status: "available" | "busy" | "off_duty";
    by?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A sample of the fixes of assigned units, so that a replay can show the way they took. */
  interface UnitsSighted {
    event: "UnitsSighted";
    fixes: Fix[];
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** `said` and `draft` as for OpenIncident. */
  interface UpdateIncident {
    command: "UpdateIncident";
    incident: string;
    type?: string;
    location?: GivenLocation | null;
    address?: string | null;
    said?: string;
    draft?: string;
  }
  interface UserSignedIn {
    event: "UserSignedIn";
    user: string;
    role: string;
    address?: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface UserSignedOut {
    event: "UserSignedOut";
    user: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** How many of each were looked at, the first thousand faults, and how many of each kind there are. `erased`: files; `sealed`: entries with personal fields, `closed`: those of them that were erased lawfully. `head` is the last digest, hex: written down elsewhere, it proves that the end was not cut off either. */
  interface VerificationReport {
    entries: number;
    recordings: number;
    photos: number;
    messages: number;
    catalogues: number;
    accounts: number;
    erased: number;
    sealed: number;
    closed: number;
    faults: Fault[];
    kinds: Record<string, number>;
    head: string;
    intact: boolean;
  }
  /** You made sure that the caller is at this observation of the call (its number, counted from 0 as received). */
  interface VerifyLocation {
    command: "VerifyLocation";
    call: string;
    observation: number;
  }
  interface ViewCamera {
    command: "ViewCamera";
    camera: string;
    incident?: string;
  }
  /** Follow the street `name` for `metres`; `turn` tells the way into it. */
  interface WayStep {
    name: string;
    metres: number;
    turn: Worded;
  }
  /** `hour` of the day, 0 to 24, in the city's time; `tide_m` metres of the tide table, None when nobody knows, and `tide_from` hand, table or ""; `closures` how many there are, `pieces` of street that they stop. `ready` is false for the moment in which rankings are still made with the conditions before. */
  interface WaysNow {
    hour: number;
    night: boolean;
    rain: boolean;
    tide_m: number | null;
    tide_from: string;
    closures: number;
    pieces: number;
    ready: boolean;
  }
  /** After streets or conditions had changed, the ranking of an incident and the ways of its units were looked at again; without an incident, the coverage of the city. `changed`: the ranking was made anew just before this. */
  interface WaysReviewed {
    event: "WaysReviewed";
    incident?: string;
    changed?: boolean;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** A text for programs: its code, what fills its blanks, and how it reads in the asker's language. */
  interface Worded {
    code: string;
    params: Record<string, string | number | (string | Text)[] | Text>;
    text: string;
  }
  /** The call is over and its call-taker has yet to say what it was, until `until` (seconds since 1970). */
  interface WrapUpBegan {
    event: "WrapUpBegan";
    call: string;
    position: string;
    until: number;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  /** The time was over before anybody said what the call was. */
  interface WrapUpEnded {
    event: "WrapUpEnded";
    call: string;
    at: number;
    src?: [string, number] | null;
    asked?: [string, string, string] | null;
    erased?: boolean;
  }
  interface Written {
    text: string;
  }
  /** One written line. `by` is "" for the caller's own; `via` rtt, message or link. */
  interface WrittenLine {
    at: number;
    text: string;
    via: "link" | "message" | "rtt";
    by: string;
  }
  /** What a request is answered with. */
  interface Answers {
    "DELETE /api/v1/audio": Done;
    "DELETE /api/v1/drafts": ThrownAway;
    "DELETE /api/v1/people/{name}": Done;
    "DELETE /api/v1/session": Done;
    "GET /api/v1/board": BoardNow;
    "GET /api/v1/calls": CallRow[];
    "GET /api/v1/calls/{id}": CallNow;
    "GET /api/v1/calls/{id}/locations": Known;
    "GET /api/v1/cameras/near": CameraSeen[];
    "GET /api/v1/city": CityNow;
    "GET /api/v1/closures": Record<string, [number, number][][]>;
    "GET /api/v1/conditions": WaysNow;
    "GET /api/v1/coverage": Covered;
    "GET /api/v1/drafts": Record<string, Draft>;
    "GET /api/v1/fixes": null[] | FixesTaken;
    "GET /api/v1/incidents/{id}": IncidentNow;
    "GET /api/v1/map": BaseMap;
    "GET /api/v1/map/plain": MapLayers;
    "GET /api/v1/notices/{id}/demo": NoticeText;
    "GET /api/v1/people": Account[];
    "GET /api/v1/places": Hit[];
    "GET /api/v1/places/added": LocalName[];
    "GET /api/v1/places/near": PointWords;
    "GET /api/v1/queues": QueuesNow;
    "GET /api/v1/recordings/{digest}/peaks": Peaks;
    "GET /api/v1/replay": BoardThen;
    "GET /api/v1/route": QuickestWay;
    "GET /api/v1/session": Myself;
    "GET /api/v1/streets": Drawn;
    "GET /api/v1/units/near": UnitNear[];
    "GET /api/v1/verify": VerificationReport;
    "GET /healthz": Health;
    "POST /api/v1/alerts": AlertTaken;
    "POST /api/v1/alerts/{id}/answer": Done;
    "POST /api/v1/aml/sms": MessageRead;
    "POST /api/v1/audio": SdpAnswer;
    "POST /api/v1/audio/alive": Done;
    "POST /api/v1/closures/preview": Preview;
    "POST /api/v1/commands": CommandDone;
    "POST /api/v1/drafts": DraftKept;
    "POST /api/v1/drafts/restore": PutBack;
    "POST /api/v1/erasures": ErasureDone;
    "POST /api/v1/fixes": null[] | FixesTaken;
    "POST /api/v1/people": Done;
    "POST /api/v1/people/{name}/skills": SkillsNow;
    "POST /api/v1/phone": PhonePassword;
    "POST /api/v1/presence": Done;
    "POST /api/v1/session": SignedIn;
    "POST /l/{key}/consent": Done;
    "POST /l/{key}/line": Done;
    "POST /l/{key}/opened": Done;
    "POST /l/{key}/photo": PhotoKept;
    "POST /l/{key}/place": Done;
  }
  /** The body that a request has. */
  interface Bodies {
    "POST /api/v1/alerts": Record<string, unknown>;
    "POST /api/v1/alerts/{id}/answer": CentreAnswer;
    "POST /api/v1/aml/sms": ShortMessage;
    "POST /api/v1/audio": SdpOffer;
    "POST /api/v1/audio/alive": Alive;
    "POST /api/v1/closures/preview": Drawn;
    "POST /api/v1/commands": Command;
    "POST /api/v1/drafts": DraftWritten;
    "POST /api/v1/erasures": Erasure;
    "POST /api/v1/fixes": Fix[] | Fix | OwnTracks | Traccar;
    "POST /api/v1/people": Person;
    "POST /api/v1/people/{name}/skills": Skills;
    "POST /api/v1/presence": Here;
    "POST /api/v1/session": SignIn;
    "POST /l/{key}/consent": Agreed;
    "POST /l/{key}/line": Written;
    "POST /l/{key}/place": PhoneFix;
  }
  /** The data of each kind of message that a stream has. */
  interface Messages {
    "GET /api/v1/events": { board: BoardNow; entry: EntryTold | EntryForCrew; fixes: Record<string, Fix>; state: RoomNow; drafts: DraftsTold };
    "GET /l/{key}/events": { state: PageState; beat: Done };
  }
}
