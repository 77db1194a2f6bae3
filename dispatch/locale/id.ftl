## language (of this file; the locale is what numbers, times and names of languages are written by)

language-name = Bahasa Indonesia
language-locale = id-ID

## words

app = Siaga 112
sign_in = Masuk
sign_out = Keluar
sign_out_of = Keluar ({ $name })
user = Nama pengguna
password = Kata sandi
unit = Unit
skills = Keahlian
skills_of = Keahlian { $name }
skills_example = en, zh, fire
skills_hint = Bahasa dan bidang yang diminta antrean, dipisah koma. Berlaku saat orang itu mulai bertugas lagi.
choose_unit = Pilih unit Anda
demo_accounts = Akun demo (sekali klik)
theme = Siang / malam
skip = Langsung ke isi
console = Konsol operator
audit = Audit dan putar ulang
audit_short = Audit
supervisor = Penyelia
supervise_why = Untuk mendengarkan, berbisik atau ikut bicara Anda perlu audio sendiri. Panggilan tidak berdering di sini.
now = Sekarang
this_hour = Jam ini
today = Hari ini
at_most_s = ≤{ $s } dtk
hours_short = { $h } j
queues = Antrean langsung
all_queues = Semua antrean
calls_in = Masuk
oldest = Terlama
longest_hour = terlama jam ini { $s }
free_seats = Operator bebas
talking_n = { $n } berbicara
suspected_n = { $n } diduga kosong
within_s = Dijawab ≤ { $s } dtk
lost_unheard = Hilang jam ini
lost_short = Hilang
lost_today = hari ini { $n } ({ $p })
lost_means = Hilang: berakhir sebelum operator mendengarnya
month_csv = Bulan ini (CSV)
lost_why = { $once } seketika, { $waiting } saat menunggu, { $announced } setelah pengumuman, { $failed } karena gangguan kami
figures_away = Angka jam dan hari tidak dapat dibaca sekarang; mencoba lagi.
suspects = Diduga kosong, menunggu
no_suspects = Tidak ada
positions = Posisi
no_positions = Tidak ada yang bertugas
with_parties = Pada pihak lain
make_not_ready = Jadikan tidak siap
connecting = Menyambung…
journal_lost = Jurnal tidak dapat ditulis. Panggilan tetap dijawab; hubungi teknisi.
switch_lost = Sentral telepon tidak tersambung. Periksa proses telephony.
network_error = Server tidak menjawab. Periksa jaringan, lalu coba lagi.
position = Posisi
position_taken = { $position } sedang dipakai { $user }
sign_on = Mulai bertugas
sign_on_why = Suara Anda disambungkan sekali, lalu tetap tersambung. Izinkan mikrofon bila ditanya browser.
ready = Siap
not_ready = Tidak siap
why_not_ready = Mengapa tidak siap?
no_reason = Tanpa alasan
use_phone = Pakai telepon SIP
phone_how = Setel telepon: pengguna { $user }, sandi { $password }. Lalu dial { $sip }. Sandi hanya tampil sekali.
queue = Antrean
no_calls = Tidak ada panggilan menunggu
incoming = Panggilan masuk
queue_read_out = Panggilan masuk: { $caller }. Menunggu: { $n }
waiting = Menunggu
talking = Berbicara
accepted = Menyambungkan…
calling = Memanggil…
transferred = Diserahkan
ended = Berakhir
rings_here = Berdering di sini
announced = mendengar pengumuman
callbacks = Telepon balik
no_callbacks = Tidak ada yang perlu ditelepon balik
lost_line = terputus di pihak kami
gave_up = menutup sebelum dijawab
tries = { $n } kali menelepon, pertama { $first }, terakhir { $last }
suspected = Diduga kosong
suspected_of = Diduga kosong { $percent } %
score = Skor { $n } %: alasannya
done = Selesai
alarms = Alarm
clear = Hapus
clear_all = Hapus { $n } alarm
no_number = Tanpa nomor
answer = Jawab
hang_up = Tutup
call_none = Tidak ada panggilan. Siap menerima.
call_none_off = Mulai bertugas untuk menerima panggilan.
caller = Penelepon
called_number = Nomor tujuan
handling = Menangani panggilan
hold = Tahan
resume = Lanjut
unmute = Bersuara
muted_now = Suara Anda mati: penelepon tidak mendengar Anda
held_now = Ditahan: penelepon mendengar musik
call_in_short = Hubungi
prompt_short = Tekan 5
prompt_silent = Putar "tekan 5 bila tidak bisa bicara"
silent = Tidak ada suara
pressed = Menekan
keypad = Tombol
keypad_to = Kirim ke
keypad_keys = Ketik angka, * atau #. Esc menutup.
call_in = Hubungi pihak lain, atau serahkan
call_out = Telepon keluar: kontak atau nomor
call_in_hint = Nama, instansi, bahasa atau nomor
contacts = Kontak
no_contact = Tidak ada kontak itu. Ketik nomor lengkap untuk memanggilnya.
dial = Panggil { $number }
box_keys = Enter memilih, ↑ ↓ berpindah, Esc menutup.
hand_over = Serahkan
hand_over_to = Serahkan penelepon kepada { $who }
let_talk = Ajak bicara
drop = Keluarkan
drop_who = Keluarkan { $who }
stop_dialling = Batal panggil
members = Dalam percakapan
party_mode = { $who } ({ $mode })
you_at = Anda ({ $position })
party_left = { $who } keluar
party_left_why = { $who } keluar: { $why }
take_over = Ambil alih panggilan ini
take_back = Ambil kembali penelepon
call_back = Telepon balik
score_why = Alasannya
vehicle = Kendaraan
msd_again = Minta data baru
msd_trigger = Dipicu
msd_automatic = oleh kendaraan sendiri
msd_manual = oleh orang
msd_heading = Arah jalan
msd_occupants = Sabuk terpasang
msd_unknown = tidak diketahui
msd_kind = Jenis
msd_propulsion = Energi
msd_vin = Nomor rangka (VIN)
msd_at = Waktu
msd_untrusted = Kendaraan menyatakan posisinya tidak dapat dipercaya: tanyakan lokasinya
msd_none = Belum ada data kendaraan
written = Tertulis
written_before = Teks yang Anda kirim sebelumnya sudah sampai. Yang Anda ubah sesudahnya tetap di kolom; tekan Kirim bila masih perlu.
write_answer = Tulis kepada penelepon
where = Lokasi
no_place = Belum ada lokasi. Cari alamat atau klik peta.
place_within = { $at } ± { $m } m
source = sumber { $s }
new_incident = Kejadian baru
incident = Kejadian
incident_of = Kejadian { $incident }
incidents = Kejadian terbuka
no_incidents = Tidak ada kejadian terbuka
type = Jenis kejadian
address = Alamat / patokan
search_place = Cari: Batu 10, Jl. Merdeka, Gonggong…
note = Catatan
note_hint = Apa yang terjadi, berapa korban, bahaya…
open_incident = Buka kejadian
add_note = Tambah catatan
notes = Catatan
close_incident = Tutup kejadian
save = Simpan
cancel = Batal
new_place = Lokasi baru dipilih; simpan untuk memakai: { $place }
recommended = Unit yang diusulkan
suggested = diusulkan
send = Kirim
send_all = Kirim semua usulan: { $units }
recommend_again = Hitung ulang
reason_why = Alasan memilih unit lain
reason_hint = Tulis alasan, lalu Enter
shortfall = Kurang: { $s }
shortfall_of = { $n } × { $capability }
ranked_by = Dihitung: { $m }
stale = posisi lama
uncertain = tergantung posisi penelepon
assigned_units = Unit bertugas
release = Batalkan
unanswered = tidak menjawab
override = alasan: { $r }
units = Unit
shift_on = { $unit } mulai dinas
shift_off = { $unit } selesai dinas
off_shift = Dinas pukul { $time }
beyond_border = Di luar batas
place_confirmed = Lokasi dipastikan oleh { $by }
place_right = Lokasi benar
call_who = Telepon { $who }
by_telephone = lewat telepon
neighbour = Pusat tetangga: { $c }
from_neighbours = Dari pusat tetangga
alert_from = Dari { $c }
alert_read_out = { $c }: { $type }, { $address }
alert_told = diberi tahu { $at }
alert_received = diterima { $at }
alert_texted = SMS terkirim { $at }
alert_not_received = belum sampai
alert_no_answer = belum dijawab
alert_asks = Diminta: { $u }
alert_asked_us = Meminta unit kita: { $u }
alert_they_sent = Sudah mereka kirim: { $u }
said_by_telephone = Dijawab lewat telepon
open_from = Buka kejadian
ask_for = Minta
no_calls_yet = Belum ada panggilan
step = Langkah
cameras = Kamera terdekat
cameras_hint = Kamera tampil setelah ada lokasi kejadian. Setiap tontonan dicatat.
camera_away = { DISTANCE($metres) }
camera_sees = menghadap lokasi
map = Peta
zoom_in = Perbesar peta
zoom_out = Perkecil peta
disposition = Panggilan selesai. Apa jenisnya?
disposition_keys = Tekan 1–5. Bila sedang mengetik: Esc dahulu; formulir disisihkan dan tetap tersimpan.
wrapping_why = Panggilan berikutnya datang setelah Anda memilih.
keys = Tombol pintas
close = Tutup
unit_none = Tidak ada penugasan
unit_wait = Tetap di pos. Halaman ini berbunyi dan bergetar bila ada tugas.
unit_new = TUGAS BARU
way = Jalan ke lokasi
open_map = Buka di aplikasi peta
status = Status
other_steps = Langkah lain
straight = garis lurus, bukan jalan
sound_on = Ketuk sekali agar suara aktif
calls = Panggilan
search = Cari nomor, kejadian, operator
pick_call = Pilih panggilan di daftar
recorded_view = Setiap tontonan dan rekaman yang diputar dicatat di jurnal.
play = Putar
pause = Jeda
timeline = Urutan kejadian
recordings = Rekaman
recordings_n = { $n } rekaman
no_recordings = Tidak ada rekaman
map_then = Peta pada saat itu
verify = Verifikasi
verifying = Memeriksa seluruh jurnal dan rekaman…
words_then = Dibaca dengan kata-kata yang berlaku saat itu ({ $digest })
words_lost = Kata-kata saat itu tidak ada lagi ({ $digest }); ini kata-kata hari ini
intact = UTUH: { $n } entri, { $r } rekaman, { $p } foto, { $m } pesan asli, { $c } katalog kata, { $a } akun; { $e } berkas dihapus menurut hukum. Sidik akhir { $h }…
broken = TIDAK UTUH: { $n } temuan. Simpan daftar ini, jangan ubah apa pun, dan panggil teknisi.
faults_more = dan { $n } temuan lain; `siaga verify` di server menyebut semuanya
entry = entri { $n }
event_candidate = { $rank }. { $unit } ({ DURATION($seconds) })
event_candidate_suggested = { $rank }. { $unit } ({ DURATION($seconds) } ✓)
event_unit = { $unit } ({ $state })
event_faults = { $n } × { $kind }
erased = dihapus menurut hukum
more = Lebih banyak
lost = terputus
not_answered = tidak dijawab
answered_after = dijawab setelah { $s } dtk
step_keys = ← → langkah, spasi putar
muted = Bisu
mute = Bisukan
you = Anda
error_status = Kesalahan { $status }
tell_centre = Kabar ke pusat
not_sent = { $n } laporan menunggu jaringan
unit_offline = Tidak ada jaringan. Tombol Anda tetap dicatat dan dikirim begitu tersambung.
told_late = '{ $what }' pukul { $at } untuk { $incident } sampai sesudah Anda dibebaskan. Waktunya tercatat; tanyakan kepada pusat lewat radio.
try_again = Coba lagi
rings_you = Berdering untuk Anda
fleet = Semua unit
nearby = Sudah dilaporkan di dekat sini?
join = Gabungkan ke { $incident }
type_hint = Ketik nama atau nomor
no_match = Tidak ditemukan
find_unit = Cari unit
send_any = Unit lain
yes = ya
no = tidak
system = sistem
people = Orang dan peran
role = Peran
remove = Hapus
remove_sure = Hapus akun { $name }? Ia langsung keluar di semua perangkat.
add_person = Tambah orang, atau ganti sandi
saved = { $name } tersimpan
alias_add = Simpan “{ $said }” sebagai nama tempat ini
raise_level = Naikkan ke tingkat alarm { $n }
alarm_level = Tingkat alarm { $n }
cut_off = tidak ada jalan
layers = Lapisan
closing = Tutup jalan
weather = Cuaca dan air
list = Daftar
fault = Bagian “{ $name }” berhenti karena kesalahan program.
fault_do = Panggilan dan suara tetap berjalan. Coba lagi; bila terulang, muat ulang halaman dan beri tahu teknisi.
fault_again = Coba lagi
fault_reload = Muat ulang
open_call = Buka panggilan
later = Nanti
room_silent = Tidak ada kabar dari ruang kendali selama { DURATION($seconds) }. Layar ini menunjukkan keadaan pukul { $at }.
room_silent_alert = Tidak ada kabar dari ruang kendali. Yang terlihat mungkin sudah berubah.
room_silent_desk = Sentral tetap menjawab panggilan. Tulis terus: tulisan Anda tersimpan di layar ini.
room_silent_talk = Suara Anda tetap tersambung: teruskan bicara. Tulisan tersimpan di layar ini.
room_silent_watch = Angka tidak bergerak sampai ruang kendali menjawab lagi. Bila lama, panggil teknisi.
room_silent_unit = Tombol Anda tetap dicatat dan dikirim begitu tersambung. Bila mendesak, pakai radio.
room_silent_audit = Daftar tidak diperbarui sampai ruang kendali menjawab lagi.
room_silent_do = Ruang kendali tidak menjawab, jadi ini tidak dikirim. Coba lagi setelah peringatan di atas hilang.
connecting_for = Menyambung ke ruang kendali… sudah { DURATION($seconds) } tanpa jawaban. Periksa jaringan; bila lama, panggil teknisi.
last_heard = tadi:
no_answer = Ruang kendali belum menjawab; tidak diketahui apakah sudah dikerjakan. Lihat papan; mengulang yang sama tidak dikerjakan dua kali.
sending = mengirim…
sending_for = mengirim… { $s } dtk
drafts = Belum dikirim
tell_before = Belum terkirim, untuk { $incident }

## title (of a page, as tabs and screen readers have it)

title-sign_in = Masuk · Siaga 112 · { $city }
title-console = Konsol operator · Siaga 112 · { $city }
title-supervisor = Penyelia · Siaga 112 · { $city }
title-unit = Unit saya · Siaga 112 · { $city }
title-audit = Audit dan putar ulang · Siaga 112 · { $city }
title-admin = Orang dan peran · Siaga 112 · { $city }
title-caller = 112 · { $city }

## role

role-call-taker = Operator panggilan
role-dispatcher = Dispatcher
role-responder = Petugas lapangan
role-auditor = Auditor
role-supervisor = Penyelia
role-admin = Admin
role-tracker = Pelacak
role-centre = Pusat tetangga

## seat

seat-talking = Berbicara
seat-joined = Ikut mendengar
seat-ready = Siap
seat-wrap_up = Menyelesaikan
seat-not_ready = Tidak siap
seat-not_ready_why = Tidak siap: { $why }
seat-no_audio = Tanpa audio
seat-unknown = tidak diketahui

## join

join-listen = Dengar
join-whisper = Bisik
join-talk = Gabung
join-take = Ambil alih
join-leave = Berhenti
join-needs_audio = Mulai bertugas dahulu untuk mendengarkan atau ikut bicara.

## joined

joined-listen = Anda mendengar; tidak ada yang mendengar Anda.
joined-whisper = Hanya operator yang mendengar Anda.
joined-talk = Semua mendengar Anda.

## away

away-page = halamannya tertutup atau macet
away-locked = layarnya terkunci
away-ended = sesinya diakhiri
away-rights = haknya berakhir

## lock

lock-title = Layar terkunci
lock-how = Masukkan kata sandi Anda: halaman ini lanjut seperti tadi, tidak ada isian yang hilang.
lock-talking = Suara tetap tersambung: teruskan bicara dengan penelepon.
lock-mute = Bisukan mikrofon
lock-unmute = Bunyikan mikrofon
lock-open = Buka kunci
lock-leave = Masuk sebagai orang lain
lock-not_sent = Belum dikirim karena layar terkunci terlalu lama; ulangi bila masih perlu.

## audio

audio-off = Audio mati
audio-elsewhere = Audio di jendela lain
audio-connecting = Audio menyambung…
audio-up = Audio tersambung
audio-broken = Audio putus, menyambung lagi…
audio-refused = Mikrofon ditolak. Klik ikon gembok di bilah alamat, izinkan mikrofon, lalu muat ulang.
audio-no_mic = Mikrofon ditolak

## urgent

urgent-ecall = Didahulukan: panggilan kendaraan
urgent-pressed = Didahulukan: menekan 5
urgent-called_back = Didahulukan: menelepon lagi

## way

way-join = Panggil, bertiga
way-consult = Tanya dulu, penelepon ditahan
way-blind = Serahkan tanpa menunggu

## contact

contact-agency = instansi
contact-interpreter = penerjemah
contact-centre = pusat 112
contact-other = lainnya

## kind

kind-test = Uji coba
kind-out = Telepon keluar
kind-callback = Telepon balik
kind-text = Teks, tanpa suara
kind-both = Suara dan teks

## wind

wind-n = utara
wind-ne = timur laut
wind-e = timur
wind-se = tenggara
wind-s = selatan
wind-sw = barat daya
wind-w = barat
wind-nw = barat laut

## vehicle

vehicle-M = mobil atau bus
vehicle-N = truk
vehicle-L = sepeda motor
vehicle-S = kendaraan khusus
vehicle-o = lainnya

## propulsion

propulsion-gasoline = bensin
propulsion-diesel = solar
propulsion-cng = gas alam (CNG)
propulsion-lpg = LPG
propulsion-electric = baterai tegangan tinggi
propulsion-hydrogen = hidrogen
propulsion-other = lainnya

## service

service-sos = 112
service-sos-police = polisi
service-sos-fire = pemadam
service-sos-ambulance = ambulans
service-sos-marine = laut
service-sos-mountain = gunung
service-sos-ecall-automatic = eCall otomatis
service-sos-ecall-manual = eCall manual
service-test-sos = uji coba

## place

place-all = Semua lokasi ({ $n })
place-why = Terbaik karena:
place-best = terbaik
place-verified = diverifikasi { $by }
place-verify = Sudah dipastikan
place-take = Untuk kejadian
place-show = Tunjukkan di peta
place-off = { DISTANCE($metres) } dari yang terbaik
place-no_radius = ketelitian tidak disebut
place-unsure = ± { $radius } ({ $percent } %)
place-unsure_unknown = ± { $radius }
place-about = { DISTANCE($metres) }
place-more = { $n } lagi
place-fewer = Ringkas
place-heard = Kata penelepon: tempat atau patokan
place-contradicted = Lokasi { $n } ({ $source }) lebih baru dan { DISTANCE($metres) } dari lokasi yang sudah dipastikan. Tanyakan kepada penelepon.
place-believe_new = Yang baru benar
place-keep_old = Yang lama tetap benar
place-address = Alamat dari jaringan
place-reference = Server lokasi
place-ref_due = ditanya lagi
place-ref_done = selesai
place-ref_again = { $why }; dicoba lagi
place-ref_over = tidak ditanya lagi: { $why }
place-source-pidf-lo = Jaringan
place-source-held = Server lokasi
place-source-reference = Server lokasi
place-source-aml = Telepon (AML)
place-source-link = Telepon (tautan)
place-source-ecall = Kendaraan (eCall)
place-source-operator = Kata penelepon
place-source-subscriber = Alamat pelanggan
place-source-cell = Sel radio
place-method-Cell = sel
place-method-802-11 = Wi-Fi
place-method-gazetteer = daftar tempat
place-method-table = tabel
place-method-civic = alamat
place-flag-null = tanpa posisi (0, 0)
place-flag-off_earth = bukan di bumi
place-flag-vague = terlalu kabur
place-flag-future = jam di masa depan
place-flag-old = lama sebelum panggilan
place-flag-jump = loncatan
place-flag-outside = di luar wilayah
place-flag-at_sea = di laut
place-flag-undated = tanpa jam
place-flag-geocoded = dari alamat
place-flag-far = terlalu jauh untuk menelepon kami
place-flag-cut = pesan terpotong
place-flag-garbled = angka tidak wajar
place-flag-swapped = lintang dan bujur tertukar
place-flag-unsure = ketelitian tidak pasti
place-flag-other_phone = dari telepon lain
place-flag-untrusted = kendaraan ragu
place-data-ProviderInfo = Operator
place-data-ServiceInfo = Layanan
place-data-DeviceInfo = Perangkat
place-data-SubscriberInfo = Pelanggan
place-data-Comment = Keterangan

## doubt

doubt-jump = posisi meloncat
doubt-inaccurate = posisi kasar
doubt-clock = jam alat salah
doubt-silent = dianggap di posnya
doubt-frozen = posisi tidak berubah

## unsure (about where a unit is)

unsure-old = posisi lama { $age }
unsure-old_and = posisi lama { $age }, { $why }
unsure-of_unit = { $unit } – { $how }

## state

state-assigned = Menunggu jawaban
state-acknowledged = Diterima
state-en_route = Dalam perjalanan
state-on_scene = Di lokasi
state-clear = Selesai
state-released = Dibatalkan

## status

status-available = Siap
status-busy = Sibuk
status-off_duty = Tidak bertugas
status-assigned = Bertugas

## agency

agency-police = Polisi
agency-fire = Damkar
agency-health = Ambulans
agency-sar = SAR
agency-bpbd = BPBD

## alert_why

alert_why-across = Di wilayah { $c }
alert_why-unsure = { DISTANCE($metres) } dari batas; penelepon dapat berada di kedua sisi
alert_why-near = { DISTANCE($metres) } dari batas wilayah { $c }
alert_why-asked = Unit { $c } diminta

## alert_why_us

alert_why_us-across = Di wilayah kita
alert_why_us-unsure = Penelepon dapat berada di kedua sisi batas
alert_why_us-near = { DISTANCE($metres) } dari batas wilayah kita
alert_why_us-asked = Meminta unit kita

## alert_answer

alert_answer-send = { $c } mengirim unit
alert_answer-take = { $c } mengambil alih
alert_answer-keep = Tetap kita tangani
alert_answer-not_ours = Bukan wilayah { $c }

## our_answer

our_answer-send = Kita kirim unit
our_answer-take = Kita ambil alih
our_answer-keep = Tetap Anda tangani
our_answer-not_ours = Bukan wilayah kita

## disp

disp-emergency = Darurat
disp-information = Informasi
disp-prank = Iseng
disp-ghost = Kosong
disp-test = Uji

## key

key-F2 = Jawab panggilan
key-F3 = Formulir kejadian untuk panggilan ini
key-F4 = Ke daftar unit
key-F6 = Tahan / lanjutkan penelepon
key-F7 = Matikan / nyalakan suara Anda
key-F8 = Siap / tidak siap
key-F9 = Tutup panggilan
key-F10 = Hubungi pihak lain, serahkan penelepon, telepon keluar
key-vehicle = Minta data baru dari kendaraan
key-prompt = Tanya "tekan 5 bila tidak bisa bicara"
key-keypad = Tombol angka
key-back = Telepon balik yang teratas
key-take = Ambil alih panggilan yang dipilih
key-help = Bantuan tombol
key-Esc = Sisihkan formulir, tutup dialog
key-Enter = Kirim unit yang disorot
key-layers = Lapisan peta
key-list = Peta atau daftar
key-closing = Tutup jalan
key-drafts = Ke tulisan yang belum dikirim

## next

next-assigned = TERIMA
next-acknowledged = BERANGKAT
next-en_route = TIBA DI LOKASI
next-on_scene = SELESAI
next-clear = SELESAI – menunggu terkirim

## gps

gps-off = GPS mati
gps-on = GPS aktif
gps-refused = Izin lokasi ditolak; nyalakan di setelan browser
gps-queued = { $n } posisi menunggu jaringan

## leg

leg-caller = Penelepon
leg-call-taker = Operator
leg-alternate = Pusat cadangan
leg-supervisor = Penyelia

## fault

fault-chain-missing = Entri { $seq } sampai { $upto } hilang; yang berikutnya tidak dapat dikaitkan dengan yang sebelumnya
fault-chain-order = Entri { $seq } berada di tempat entri lain
fault-chain-changed = Entri { $seq } diubah: sidiknya tidak cocok dengan isinya dan entri sebelumnya
fault-chain-unreadable = Entri { $seq } sampai { $upto } tidak terbaca; pulihkan cadangan di samping ini lalu bandingkan
fault-chain-foreign = Entri { $seq } memakai pengenal jurnal lain ({ $what }), dan tidak ada ruang kendali yang mulai menulis di situ
fault-keys-gone = Yang dikatakan entri { $seq } sampai { $upto } tentang { $what } tidak dapat dibuka, dan tidak ada entri yang menghapusnya; kembalikan kunci utama
fault-keys-changed = Entri { $seq } dapat dibuka, tetapi isinya tentang { $what } bukan yang dulu disegel
fault-keys-kept = Entri { $seq } menghapus yang dikatakan tentang { $what }, tetapi masih dapat dibuka; hapus sekali lagi
fault-gone = { $kind } { $what } hilang, dan tidak ada entri yang menyebut alasannya (entri { $seq })
fault-changed = { $kind } { $what } diubah (entri { $seq })
fault-unreadable = { $kind } { $what } tidak terbaca (entri { $seq }); periksa cakram dan hak berkas
fault-kept = { $kind } { $what } sudah dihapus menurut hukum (entri { $seq }) tetapi ada lagi; hapus sekali lagi
fault-account-changed = Akun { $what } diubah di luar program; entri { $seq } menyebut lain
fault-account-unknown = Akun { $what } dibuat di luar program; tidak ada entri tentangnya
fault-account-gone = Akun { $what } dihapus di luar program; entri terakhir tentangnya { $seq }
fault-index-changed = Indeks tidak cocok dengan entri; hentikan ruang kendali lalu jalankan `siaga reindex`

## refused

refused-role = Peran { $role } tidak boleh melakukan ini; minta kepada: { $roles }.
refused-call-unknown = Panggilan { $call } tidak ada di papan.
refused-end-current-call = Akhiri panggilan Anda yang sekarang dahulu.
refused-no-audio = Audio Anda belum tersambung; izinkan mikrofon atau dial posisi dari telepon.
refused-call-ended = Panggilan sudah berakhir.
refused-answer-before-ending = Jawab dahulu sebelum menutup panggilan.
refused-take-over-before-ending = Ambil alih dahulu sebelum menutup panggilan.
refused-callback-done = Panggilan balik ini sudah selesai.
refused-alarm-cleared = Alarm ini sudah selesai.
refused-canary-not-set-up = Panggilan uji keliling belum diatur; isi pengaturan 'canary' dan 'test_numbers'.
refused-canary-out = Panggilan uji sedang berjalan; tunggu hasilnya.
refused-not-talking = Panggilan ini tidak sedang dilayani; jawab dahulu.
refused-party-gone = Pihak itu tidak lagi dalam percakapan.
refused-no-calls-out = Panggilan keluar belum diatur; isi pengaturan 'sip_outbound'.
refused-you-do-not-talk = Anda tidak sedang berbicara.
refused-text-call-has-no-voice = Panggilan teks tidak dapat disambungkan ke telepon.
refused-party-not-answered = { $party } belum menjawab; tunggu, atau alihkan langsung.
refused-call-not-in-progress = Panggilan ini tidak sedang dilayani; jawab seperti biasa.
refused-call-is-yours = Panggilan ini sudah pada Anda.
refused-only-others-calls = Hanya percakapan petugas lain yang dapat diikuti.
refused-joined-nothing = Tidak ada yang Anda ikuti; akhiri atau alihkan panggilan.
refused-number-unknown = Nomor penelepon ini tidak diketahui.
refused-incident-gone = Kejadian { $incident } tidak ada.
refused-called-back-already = { $user } sudah menelepon balik nomor ini; tunggu hasilnya, atau ambil alih.
refused-reference-wrong = Rujukan ini salah, sudah dibaca, atau sudah lewat waktunya; minta pusat 112 pengirim menghubungi lagi.
refused-position-not-yours = Posisi { $position } bukan milik Anda; tekan 'Mulai bertugas' dahulu.
refused-position-unnamed = Sebutkan nama posisi.
refused-position-taken = Posisi { $position } dipakai { $user }; pilih posisi lain.
refused-end-call-to-leave = Akhiri panggilan Anda dahulu.
refused-reason-unknown = Alasan '{ $reason }' tidak dikenal; pilih: { $reasons }.
refused-finish-call = Selesaikan panggilan Anda dahulu.
refused-answer-vehicle = Jawab dahulu panggilan kendaraan ini.
refused-no-vehicle = Panggilan ini bukan dari kendaraan.
refused-incident-unknown = Kejadian { $incident } tidak ada di papan.
refused-incident-closed = Kejadian { $incident } sudah ditutup.
refused-incident-type-unknown = Jenis kejadian '{ $type }' tidak dikenal; pilih dari daftar.
refused-alert-unknown = Pemberitahuan { $alert } tidak ada di papan.
refused-alert-linked = Pemberitahuan ini sudah tercatat pada { $incident }.
refused-not-assigned-there = Unit Anda tidak ditugaskan pada { $incident }; sampaikan lewat radio.
refused-call-not-free = Panggilan ini tidak ada, atau sudah tercatat pada kejadian.
refused-place-first = Tentukan lokasi kejadian dahulu.
refused-no-higher-level = Tidak ada kartu tugas di atas tingkat { $level }; pilih unit dari daftar.
refused-unit-unknown = Unit { $unit } tidak dikenal.
refused-unit-assigned = { $unit } sedang bertugas pada { $incident }; bebaskan dahulu atau pilih unit lain.
refused-unit-not-available = { $unit } tidak siap ({ $status }); pilih unit lain.
refused-reason-for-unit = { $unit } bukan unit yang diusulkan; tuliskan alasan memilihnya.
refused-assignment-unknown = Penugasan { $assignment } tidak ada.
refused-assignment-of-another = Penugasan ini untuk { $unit }, bukan untuk unit Anda.
refused-assignment-over = Penugasan ini sudah selesai.
refused-acknowledged-already = Penugasan ini sudah diterima.
refused-reported-already = Tahap '{ $progress }' sudah dilaporkan.
refused-unit-not-yours = Unit { $unit } bukan unit Anda.
refused-units-still-assigned = Masih bertugas: { $units }. Tunggu selesai atau batalkan penugasannya.
refused-camera-unknown = Kamera { $camera } tidak terdaftar.
refused-place-unusable = Lokasi tidak dapat dipakai: { $wrong }
refused-call-linked = Panggilan ini sudah tercatat pada { $incident }.
refused-place-not-doubted = Lokasi ini tidak diragukan.
refused-alert-withdrawn = Pemberitahuan ini tidak ada lagi di papan.
refused-too-many-alerts = Terlalu banyak pemberitahuan yang belum dijawab; telepon kami.
refused-time-is-past = Waktu berakhirnya sudah lewat; tulis waktu yang akan datang, atau kosongkan.
refused-too-many-closures = Sudah ada { $most } penutupan; buka yang tidak berlaku lagi dahulu.
refused-no-street-there = Tidak ada jalan di dalamnya; gambar di atas jalan.
refused-too-many-pieces = Gambar itu menutup { $pieces } ruas jalan, paling banyak { $most }; gambar lebih kecil.
refused-closure-gone = Penutupan { $closure } tidak ada lagi; jalannya sudah dibuka.
refused-shape-unusable = Gambar itu tidak dapat dipakai: { $wrong }. Gambar lagi.
refused-alias-without-letters = Nama itu tidak berisi huruf atau angka; tuliskan dengan kata-kata.
refused-alias-not-added = Nama '{ $alias }' tidak ada di daftar tambahan; yang ada di berkas kota diubah di sana.
refused-place-not-found = Tempat itu tidak ditemukan; pilih dari daftar atau klik peta.
refused-observation-unusable = Lokasi itu tidak dapat dipakai; pilih yang lain dari daftar panggilan ini.
refused-test-call-sends-nothing = Ini panggilan uji; tidak ada yang dikirim.
refused-number-takes-no-message = Nomor ini tidak dapat menerima pesan; tanyakan nomor ponsel penelepon.
refused-channel-not-set-up = Pesan { $channel } belum disiapkan; isi notify_{ $channel } di siaga.toml.
refused-link-just-sent = Tautan baru saja dikirim; tunggu sebentar.
refused-link-closed = Tautan ini sudah tertutup.
refused-browser-gone = Peramban itu tidak lagi meminta.
refused-link-invalid = Tautan ini sudah tidak berlaku. Telepon 112.
refused-journal-away = Jurnal tidak dapat ditulis ({ $why }); panggilan tetap dijawab. Hubungi teknisi.
refused-our-fault = Kesalahan pada program kami; tercatat. Coba lagi, atau kerjakan dengan cara lain.
refused-call-taken = Panggilan ini sudah diambil.
refused-call-taken-by = Panggilan ini sudah diambil ({ $user }).
refused-key-used = Permintaan dengan kunci ini sudah tercatat dengan isi lain (entri { $seq }). Lihat papan; untuk yang baru pakai kunci baru.
refused-no-telephone-number = Tidak dapat dihubungi: '{ $number }' bukan nomor telepon. Tulis angka, boleh diawali +; alamat lain ditulis di contacts.csv.
refused-number-may-not-be-dialled = Nomor { $number } tidak boleh ditelepon dari sini. Periksa nomornya, atau minta admin menambah dial_prefixes di siaga.toml.
refused-browser-not-let-in = Halaman ini sudah dibuka di peramban lain. Minta petugas 112 mengizinkan peramban ini.
refused-enough-was-sent = Sudah cukup banyak; telepon 112 bila perlu.
refused-not-agreed = Anda belum menyetujui ini di halaman.
refused-places-too-often = Lokasi terlalu sering.

## wrong

wrong-no-such-field = lokasi tidak punya kolom bernama { $fields }
wrong-missing = { $field } tidak ada
wrong-ring-corner = ring: { $what }
wrong-ring = ring: tulis pasangan [lat, lon]
wrong-shape = bentuk '{ $shape }' bukan salah satu dari { $known }
wrong-ring-corners = ring perlu sedikitnya tiga sudut
wrong-null-fix = lat 0, lon 0 dikirim penerima yang tidak tahu tempatnya; tidak dipakai
wrong-no-number = { $field } adalah '{ $value }', bukan angka
wrong-out-of-range = { $field } adalah { $value }; harus antara { $low } dan { $high }
wrong-points-of-shape = bentuk { $shape } tidak dapat punya { $points } titik
wrong-line-without-length = garis perlu dua titik yang berbeda
wrong-no-plus-code = '{ $value }' bukan Plus Code; bentuknya seperti 6PG6WF9F+RJ
wrong-plus-code-zeros = '{ $value }' bukan Plus Code; nol mengisi delapan digit dan berakhir di tanda plus
wrong-minutes-of-degree = menit dan detik kurang dari 60
wrong-no-sip-address = '{ $value }' bukan alamat SIP; tulis seperti sip:nama@host
wrong-no-number-to-dial = '{ $value }' bukan nomor; tulis angka, atau alamat seperti sip:nama@host
wrong-no-full-number = '{ $value }' bukan nomor lengkap; tulis dengan kode wilayah, seperti 0771-21112
wrong-number-without-place = { $number } tidak punya tempat maupun alamat
wrong-eido-too-long = EIDO lebih dari { $most } bita
wrong-eido-without-id = EIDO tidak punya $id maupun anggota siaga, sehingga tidak dapat dikenali lagi
wrong-receiver-has-no-fix = penerima berkata bahwa ia tidak tahu tempatnya
wrong-no-position = bukan posisi.
wrong-encrypted-by-owntracks = disandikan oleh OwnTracks; hapus kuncinya di aplikasi, TLS menyandikan di jalan
wrong-unit-name-too-long = nama unit lebih dari 80 huruf
wrong-field-no-number = '{ $field }' harus berupa angka
wrong-time = waktu harus detik sejak 1970 atau ISO 8601
wrong-null-island = di lat 0, lon 0 hanya ada laut; penerima yang tidak tahu tempatnya berkata begitu
wrong-no-time = waktunya bukan waktu; seharusnya detik sejak 1970
wrong-no-such-device = perangkat itu tidak ada; tambahkan dengan `siaga device add UNIT --name PERANGKAT`
wrong-no-user-and-password = { $file }: tulis seperti pengguna:sandi

## drawn (what is drawn to close streets)

drawn-point = titik
drawn-line = garis
drawn-area = wilayah

## subscribers

subscribers-row = baris { $row }: { $what }
subscribers-unreadable = Daftar pelanggan { $file } tidak terbaca; simpan sebagai nilai dipisah koma dalam UTF-8 ({ $detail }).
subscribers-wrong = Daftar pelanggan { $file }, perbaiki baris ini: { $rows }.
subscribers-wrong-and-more = Daftar pelanggan { $file }, perbaiki baris ini: { $rows }, dan { $more } lagi.

## fix

fix-older = lebih tua daripada yang diketahui
fix-known = sudah diketahui
fix-clock-ahead = jam perangkat { DURATION($seconds) } terlalu cepat; setel jamnya, sampai saat itu waktunya dibetulkan
fix-clock-behind = jam perangkat { DURATION($seconds) } terlambat; setel jamnya, sampai saat itu waktunya dibetulkan
fix-frozen = tempatnya persis sama selama { $seconds } dtk padahal unit sedang jalan
fix-days-ago = waktunya { $days } hari lalu; periksa jam perangkat
fix-rough = hanya diketahui sampai { DISTANCE($metres) }; tempat yang lebih tepat baru { $seconds } dtk
fix-jump = { $metres } m dalam { $seconds } dtk tidak mungkin; dipercaya bila yang berikutnya sama
fix-clock-days-ahead = jam perangkat { $days } hari terlalu cepat; setel jamnya, sampai saat itu waktunya dibetulkan
fix-clock-days-behind = jam perangkat { $days } hari terlambat; setel jamnya, sampai saat itu waktunya dibetulkan
fix-of-unit = { $unit }: { $why }
fix-not-its-unit = bukan unit perangkat ini
fix-no-such-unit = unit itu tidak ada
fix-by-device = { $device }: { $what }
fix-unreadable = dari { $device }: { $what }
fix-unreadable-topic = dari { $device }, { $topic }: { $what }
fix-far-from-other = { $metres } m dari tempat { $other }, yang diikuti unit ini; matikan salah satunya
fix-faults = posisi: { $told }
fix-faults-and-more = posisi: { $told } … dan { $more } lagi

## city

city-in-row = { $file }, baris { $row }, kolom { $field }: { $what }
city-empty = kosong; isilah
city-no-number = '{ $value }' bukan angka; tulis angka, dengan titik untuk desimal
city-out-of-range = { $value } di luar rentang; harus antara { $low } dan { $high }
city-point = { $what }; tulis posisi yang sebenarnya dalam derajat
city-unknown = '{ $value }' tidak dikenal; pakai salah satu: { $known } ({ $where })
city-none-yet = '{ $value }' tidak dikenal; belum ada satu pun: { $where }
city-no-table = { $file }: { $detail }; simpan sebagai nilai dipisah koma
city-too-many-fields = barisnya punya lebih banyak kolom daripada kepala tabel; beri tanda petik pada teks yang berisi koma
city-used-twice = '{ $value }' dipakai juga di baris { $other }; beri masing-masing yang berbeda
city-file-missing = { $file }: tidak ada di { $folder }; salin dari deploy/city/tanjungpinang
city-no-utf-8 = { $file }: bukan teks UTF-8 ({ $detail }); simpan sebagai UTF-8
city-no-json = { $file }: bukan JSON ({ $detail }); ekspor lagi sebagai GeoJSON
city-no-collection = { $file }: bukan FeatureCollection; ekspor lagi sebagai GeoJSON
city-no-toml = { $file }: { $detail }; bandingkan dengan deploy/city/tanjungpinang/{ $file }
city-no-mobile = '{ $value }' bukan nomor ponsel; tulis seperti +628117701122, atau kosongkan
city-polygon = { $where }, kolom geometry: { $detail }; gambar poligonnya lagi
city-polygon-crosses = { $where }, kolom geometry: bukan poligon yang sah; batasnya tidak boleh memotong dirinya sendiri
city-feature = { $file }, fitur { $number } ({ $name })
city-feature-unnamed = { $file }, fitur { $number } (tanpa nama)
city-no-folder = { $folder }: folder itu tidak ada; isi `city` di siaga.toml dengan folder berkas kota
city-in-file = { $file }, { $what }
city-no-colour = '{ $value }' bukan warna; tulis seperti #1d4ed8
city-no-capability = kosong; tulis sedikitnya satu kata, seperti ambulance
city-of-profile = cara unit bergerak
city-of-camera-kind = cara kamera mengirim gambar
city-of-camera-public = bolehkah orang lewat terlihat
city-of-contact-kind = apa mereka bagi petugas
city-of-contact-receives = apakah mereka diberi tahu tempat dan kejadian
city-nobody-can = tidak ada unit yang dapat '{ $value }'; betulkan katanya, atau tambahkan di units.csv
city-needs-without-count = '{ $value }' tidak punya jumlah; tulis seperti fire:2;ambulance:1
city-feature-field-empty = { $where }, kolom { $field }: kosong; isilah
city-without-name = city.toml, kolom name_id: tidak ada; tulis nama kotanya
city-center-or-zoom = city.toml, kolom center atau zoom: { $detail }; tulis center = [lat, lon] dan zoom = 14
city-area-of-no-centre = centres.geojson, kolom centre: '{ $centre }' tidak ada di centres.csv; betulkan katanya, atau tambahkan pusatnya
city-centre-without-contact = centres.csv, { $centre }, kolom contact: '{ $contact }' tidak ada di contacts.csv; tambahkan siapa yang ditelepon di sana
city-centre-is-no-word = '{ $value }' bukan kata; pakai huruf kecil, angka dan '-', seperti bintan
city-centre-without-area = '{ $value }' tidak punya wilayah; gambar di centres.geojson, dengan properti "centre"
city-centre-address = '{ $value }' bukan alamat; tulis seperti https://112.example.go.id/api/v1/alerts
city-time-zone = city.toml, kolom time_zone: '{ $value }' tidak dikenal; tulis Asia/Jakarta, Asia/Makassar atau Asia/Jayapura (paket Debian tzdata harus ada)
city-not-later = tidak lebih kemudian daripada baris sebelumnya; urutkan barisnya
city-time = { $detail }; tulis seperti 2026-11-25 04:10
city-no-shift = '{ $value }' bukan giliran; tulis seperti 07:00-19:00 atau, Senin sampai Jumat saja, 1-5 07:00-19:00
city-no-mcc = '{ $value }' bukan kode negara; tulis tiga angka, seperti 510
city-no-mnc = '{ $value }' bukan kode jaringan; tulis dua angka, seperti 01
city-of-technology = jenis jaringan
city-nothing-drawn = land.geojson: tidak ada yang digambar di dalamnya, juga tidak di roads.geojson; tanpa salah satunya tidak ada peta
city-without-coordinates = { $file }, fitur { $number }, kolom geometry: tidak punya koordinat; gambar lagi
city-geometry = { $file }, fitur { $number }, kolom geometry: { $detail }; gambar lagi
city-geometry-kind = { $file }, fitur { $number }, kolom geometry: berupa { $kind }; gambar { $wanted }
city-bbox = land.geojson, kolom bbox: { $detail }; tulis [barat, selatan, timur, utara]
city-place-degrees = places.csv, baris { $row }, kolom lat atau lon: { $detail }; tulis derajat
city-map-not-written = petanya tidak dapat ditulis: { $detail }
city-map-unreadable = { $file } tidak dapat dibaca

## cards (run_cards.toml)

cards-within = coverage, kolom within: harus detik dari 60 sampai 7200, seperti 600
cards-watched = coverage, kolom watched
cards-no-list = card: tulis masing-masing di bawah baris [[card]]
cards-other-fields = card { $card }: punya kolom lain selain type, level, needs dan places; hapuslah
cards-type = card { $card }, kolom type: '{ $value }' tidak ada di incident_types.csv; betulkan
cards-level = card { $card }, kolom level: harus bilangan bulat dari 1 sampai { $most }
cards-needs = card { $card }, kolom needs: kosong; tulis seperti {"{"} fire = 4, ambulance = 1 {"}"}
cards-count = card { $card }, kolom needs: { $word } harus jumlah unit dari 1 sampai 50
cards-field = card { $card }, kolom { $field }
cards-no-words = { $where }: harus daftar kata, seperti ["ambulance"]
cards-nobody-can = { $where }: tidak ada unit yang dapat '{ $value }'; betulkan katanya
cards-no-boundary = { $where }: tidak ada batas bernama '{ $value }'; betulkan katanya

## queue-file (queues.toml)

queue-file-not-ready = kolom not_ready: { $detail }; beri setiap [[not_ready]] id, name_id dan name_en
queue-file-no-tables = kolom queue: bukan daftar tabel; mulai setiap antrean dengan baris [[queue]]
queue-file-field = queue { $number } ({ $queue }), kolom { $field }: { $what }
queue-file-used-twice = sudah dipakai antrean sebelumnya; beri masing-masing yang berbeda
queue-file-field-meant = tidak dikenal; maksudnya { $near }?
queue-file-field-unknown = tidak dikenal; hapus barisnya
queue-file-no-text = { $detail }; tulis teks, seperti "112"
queue-file-no-seconds = { $detail }; tulis detik, seperti 20
queue-file-no-whole-number = { $detail }; tulis bilangan bulat, seperti 10
queue-file-no-list = { $detail }; tulis daftar teks, seperti ["en", "zh"]
queue-file-missing = tidak ada; isilah
queue-file-no-id = bukan id; pakai huruf kecil, angka, '.' dan '-', dan bukan kata yang punya arti lain
queue-file-seconds-out-of-range = { $value } di luar rentang; tulis detik dari 0 sampai 86400
queue-file-out-of-range = di luar rentang; harus antara { $low } dan { $high }
queue-file-ring = '{ $value }' tidak dikenal; pakai longest-idle atau ring-all
queue-file-no-word = '{ $value }' bukan kata; pakai huruf kecil, angka dan '-'
queue-file-no-boundary = tidak ada '{ $value }'; ambil nama dari boundaries.geojson
queue-file-no-service = '{ $value }' bukan layanan; tulis seperti "sos.fire"
queue-file-no-other-queue = tidak ada antrean lain '{ $value }'; ambil id antrean lain
queue-file-default-takes-all = 112 menerima setiap panggilan yang tersisa; beri antrean ini id lain, atau hapus apa yang dimintanya (services, called, boundaries, languages)
queue-file-no-call-comes = tidak ada panggilan yang masuk ke sini; tulis yang mana: services, called, boundaries, languages
queue-file-field-of-no-id = queue { $number } (tanpa id), kolom { $field }: { $what }

## street-file (roads.geojson)

street-file-feature = fitur { $number } ({ $name })
street-file-feature-unnamed = fitur { $number } (tanpa nama)
street-file-class = { $where }, kolom class: '{ $value }' tidak dikenal; pakai salah satu dari { $known }
street-file-no-line = { $where }, kolom geometry: bukan LineString; gambar jalannya sebagai satu garis
street-file-coordinates = { $where }, kolom coordinates: { $detail }; tulis pasangan [lon, lat]
street-file-no-length = { $where }, kolom coordinates: jalan perlu dua titik yang berbeda; gambar lagi
street-file-no-number-above-0 = { $where }, kolom { $field }: '{ $value }' bukan angka yang dapat dipakai; tulis yang lebih dari 0
street-file-bars = { $where }, kolom bars: '{ $value }' bukan daftarnya; pakai beberapa dari { $known }
street-file-no-measure = { $where }, kolom { $field }: '{ $value }' bukan angka yang dapat dipakai; tulis dalam meter atau ton
street-file-hours = { $where }, kolom hours: '{ $value }' bukan rentang; tulis seperti [6, 18.5]

## turn-file (turns.geojson)

turn-file-off-the-streets = fitur { $number }, kolom coordinates: tidak ada jalan lurus dari { $start } ke { $end }; gambar belokannya lewat sudut-sudut jalan
turn-file-one-street = fitur { $number }, kolom coordinates: garisnya tetap di satu jalan; teruskan gambarnya
turn-file-no-line = fitur { $number }, kolom geometry: bukan LineString; gambar belokannya sebagai satu garis
turn-file-coordinates = fitur { $number }, kolom coordinates: { $detail }; tulis pasangan [lon, lat]
turn-file-bars = fitur { $number }, kolom bars: '{ $value }' bukan daftar dari { $known }

## camera (why it gives no pictures; console/cameras/reasons.py)

camera-address = alamat kamera salah tulis; perbaiki di daftar kamera
camera-name = nama host kamera tidak dikenal; periksa DNS
camera-not-allowed = alamat kamera tidak diizinkan; tambahkan jaringannya di pengaturan camera_allow
camera-login = kamera menolak nama pengguna atau kata sandi; perbaiki di daftar kamera
camera-http = kamera menjawab HTTP { $code }
camera-redirects = kamera mengalihkan lebih dari tiga kali
camera-too-big = kamera mengirim lebih dari { $limit } bita untuk satu gambar
camera-not-playlist = alamat HLS kamera tidak memberi daftar putar; periksa alamatnya
camera-segments = aliran HLS kamera terenkripsi atau bukan MPEG-TS; pilih aliran lain
camera-not-jpeg = alamat gambar kamera tidak memberi JPEG; periksa alamatnya
camera-not-h264 = video kamera bukan H.264; ubah ke H.264 di setelan kamera
camera-broken = aliran kamera rusak; hidupkan ulang kamera bila berulang
camera-ended = kamera mengakhiri alirannya; menyambung lagi
camera-unreachable = kamera tidak dapat dihubungi; periksa listrik dan jaringannya
camera-silent = tidak ada gambar selama { $seconds } detik; menyambung lagi
camera-still = gambar baru belum datang
camera-program = program kamera tidak terpasang di server: apt-get install ffmpeg util-linux

## tile (of a camera)

tile-connecting = MENYAMBUNG
tile-live = LANGSUNG
tile-frozen = BEKU
tile-unreachable = TERPUTUS
tile-refused = TIDAK DIIZINKAN
tile-last_picture = Gambar terakhir pukul { $at } ({ DURATION($ago) } lalu)
tile-never_seen = Belum ada gambar
tile-console = sambungan ke server terputus; menyambung lagi
tile-forbidden = Anda tidak berhak melihat kamera ini
tile-unknown = kamera ini tidak ada di daftar
tile-decode = peramban tidak dapat memutar video kamera; mencoba lagi
tile-picture = Gambar kamera { $name }

## reference (why a location server gave nothing; console/dereference.py)

reference-not-listed = tidak ada di location_servers
reference-name = namanya tidak dikenal DNS
reference-address = bukan alamat yang dapat ditanya
reference-not-allowed = namanya menuju mesin ini atau alamat lokal; daftarkan alamat itu sendiri
reference-ended = sambungan putus
reference-too-big = jawabannya lebih dari { $limit } bita
reference-too-late = tidak ada jawaban dalam { $seconds } dtk
reference-unusable = jawabannya tidak dapat dipakai: { $detail }
reference-not-reached = tidak terjangkau ({ $detail })
reference-http = server menjawab HTTP { $code }
reference-elsewhere = server mengarahkan ke host yang tidak ada di location_servers
reference-redirects = server mengalihkan lebih dari dua kali

## kept

kept-recording = Rekaman
kept-photo = Foto
kept-message = Pesan asli
kept-catalogue = Katalog kata

## problem (what the API answers when something is not done)

problem-not-our-page = Permintaan ini tidak datang dari halaman kami; buka halaman kami dan ulangi di sana.
problem-other-site = Permintaan ini datang dari situs lain; buka halaman kami dan ulangi di sana.
problem-too-many-tries = Terlalu banyak percobaan. Tunggu lima menit, atau minta sandi baru kepada admin.
problem-wrong-method = Alamat ini hanya dilayani dengan { $methods }.
problem-no-such-address = Alamat ini tidak ada; lihat /openapi.json.
problem-head-changes-nothing = Kirim dengan GET atau POST; HEAD tidak mengubah apa pun.
problem-token-or-post = Kirim dengan token, atau POST dari halaman kami.
problem-session-ended = Sesi Anda diakhiri (keluar, sandi, peran atau akun diubah). Masuk dengan sandi yang berlaku, atau hubungi admin.
problem-session-over = Sesi sudah lewat waktunya; masuk lagi.
problem-sign-in-first = Masuk dahulu, atau kirim dengan token.
problem-other-role = Hanya untuk peran: { $roles }.
problem-accounts-away = Daftar akun tidak dapat dibaca sekarang; panggilan tetap dijawab. Coba lagi sebentar.
problem-our-fault = Kesalahan pada program kami; tercatat. Coba lagi, lalu hubungi teknisi.
problem-body-too-large = Isi permintaan terlalu besar; paling banyak { $most } bita.
problem-bad-key = Idempotency-Key harus 8 sampai 100 huruf, angka atau . _ ~ : -
problem-bad-days = Rentang harus urut dan paling banyak { $most } hari; perbaiki 'from' dan 'to'.
problem-bad-field = Isian { $field } salah: { $expected }.
problem-bad-body = Isi permintaan salah: { $expected }.
problem-field-missing = Isian { $field } tidak ada; tambahkan.
problem-field-unknown = Isian { $field } tidak dikenal; periksa ejaannya di /openapi.json.
problem-no-json = Isi permintaan salah: bukan JSON yang benar, pada bita { $byte }.
problem-cut-off = Isi permintaan salah: terpotong; kirim utuh.
problem-no-utf8 = Isi permintaan salah: bukan UTF-8.
problem-too-deep = Isi permintaan salah: bersarang terlalu dalam.
problem-malformed = Data ini tidak dapat dipakai: { $detail }
problem-no-such-street = Tidak ada jalan dengan nama itu di sana; pilih dari pencarian, atau gambar di peta.
problem-no-unit-for-that = Tidak ada unit untuk itu; yang ada: { $capabilities }.
problem-account-without-unit = Akun ini tidak punya unit; minta admin memberinya.
problem-foreign-entry = Entri ini dari jurnal lain, atau dari keadaan yang hilang ketika cadangan dipulihkan. Muat ulang halaman.
problem-erase-one = Sebutkan satu panggilan atau satu kejadian, salah satu saja.
problem-erase-open = { $about } masih berlangsung; hapus setelah selesai.
problem-erase-owed = Panggilan { $call } ada di daftar telepon balik; selesaikan dahulu.
problem-erase-unknown = Jurnal tidak mengenal { $about }. Periksa nomornya di halaman audit.
problem-not-all-erased = Belum semua berkas terhapus. Periksa cakram, lalu ulangi. ({ $detail })
problem-no-demo-notice = Pesan ini tidak ada di kotak demo.
problem-photo-of-no-call = Foto ini bukan dari panggilan di papan; hanya auditor yang dapat melihatnya.
problem-photo-gone = Foto ini tidak ada; mungkin sudah dihapus menurut aturan.
problem-incident-off-board = Kejadian ini sudah tidak di papan.
problem-demo-password = Kata sandi demo ini diketahui semua orang dan tidak berlaku di sini. Minta admin memberi sandi baru.
problem-wrong-password = Nama atau kata sandi salah. Periksa huruf besar-kecil, lalu coba lagi.
problem-choose-unit = Pilih unit Anda.
problem-not-in-time = Belum tertulis di jurnal; akan ditulis bila jurnal kembali. Ulangi dengan kunci yang sama: tidak akan dikerjakan dua kali.
problem-no-such-call = Panggilan { $call } tidak ada.
problem-no-such-incident = Kejadian { $incident } tidak ada di papan; cari lewat panggilannya.
problem-no-such-assignment = Penugasan ini tidak ada.
problem-incident-without-place = Kejadian ini belum punya lokasi.
problem-sign-on-first = Masuk ke posisi dahulu.
problem-audio-over = Audio sudah berakhir; sambungkan lagi.
problem-no-audio = Audio tidak tersambung; muat ulang halaman. ({ $detail })
problem-no-audio-described = Audio tidak tersambung: browser tidak mengirim uraian audio yang dapat dipakai.
problem-audio-not-encrypted = Audio tidak tersambung: audio browser tidak terenkripsi (tidak ada sidik DTLS).
problem-switch-away = Audio tidak tersambung: sentral tidak berjalan; jalankan proses telephony.
problem-audio-refused = Audio tidak tersambung: sentral menjawab { $answer }; muat ulang halaman.
problem-audio-cut = Audio tidak tersambung: sentral memutus sambungan; muat ulang halaman.
problem-map-replaced = Peta ini sudah diganti; muat ulang halaman.
problem-own-account = Anda tidak dapat menghapus akun sendiri.
problem-draft-not-kept = Tulisan Anda belum tersimpan di ruang kendali; tetap ada di layar ini dan dikirim lagi.
problem-draft-gone = Konsep ini tidak ada lagi: sudah menjadi kejadian, dibuang, atau lewat batas waktu urungkan.
problem-draft-of-what = Untuk apa konsep ini? Sebutkan panggilan, kejadian, atau id sendiri.
problem-too-many-drafts = Anda punya { $most } konsep terbuka; buka atau buang salah satunya dahulu.
problem-look-not-kept = Jurnal tidak dapat ditulis, sehingga pembukaan ini tidak tercatat. Coba lagi nanti.
problem-own-recordings-only = Hanya rekaman panggilan Anda sendiri.
problem-recording-gone = Rekaman ini tidak ada; mungkin sudah dihapus menurut aturan. Tanyakan kepada teknisi.
problem-catalogue-gone = Kata-kata yang berlaku saat itu tidak ada di sini. Pulihkan folder catalogues di folder data dari cadangan.
problem-network-not-listed = Jaringan Anda tidak terdaftar di aml_from.
problem-aml-empty = Pesan tidak terbaca: tidak ada device_number, device_imei atau lokasi di dalamnya.
problem-token-of-a-unit = Token ini milik sebuah unit; buat yang tanpa unit.
problem-too-many-messages = Terlalu banyak pesan; tunggu sebentar.
problem-unknown-centre = Token ini bernama { $centre }, dan centres.csv tidak mengenal pusat itu; buat dengan --name ID.
problem-centre-too-often = Terlalu sering; tunggu satu menit, atau telepon kami.
problem-no-such-alert = Kami tidak memberi tahu Anda tentang { $alert }, atau itu sudah selesai.
problem-journal-away = Jurnal kami tidak dapat ditulis; telepon kami.
problem-link-over = Tautan ini sudah tidak berlaku. Telepon 112.
problem-places-too-often = Lokasi terlalu sering; tunggu sebentar.
problem-line-empty = Pesan kosong.
problem-no-more-photos = Foto tidak dapat diterima lagi.
problem-photo-not-kept = Foto belum tersimpan; coba lagi.
problem-photo-size = Foto sebesar { $bytes } bita tidak diterima; 1 sampai { $most } bita.
problem-photo-pixels = Foto { $width } × { $height } piksel terlalu besar; paling banyak { $most } piksel.
problem-no-photo = Berkas ini bukan gambar JPEG, PNG atau WebP. ({ $detail })
problem-caller-too-often = Terlalu sering. Tunggu sebentar, atau telepon 112.
problem-too-often = Terlalu sering; tunggu sebentar.
problem-not-kept = Belum tercatat; coba lagi.

## expected (what a field should have been; stands in problem-bad-field)

expected-type = harus { $types }
expected-type-not = harus { $types }, bukan { $given }
expected-at-least = paling sedikit { $limit }
expected-at-most = paling banyak { $limit }
expected-above = lebih dari { $limit }
expected-below = kurang dari { $limit }
expected-smaller = angkanya terlalu besar
expected-letters-least = paling sedikit { $n } huruf
expected-letters-most = paling banyak { $n } huruf
expected-letters-just = harus tepat { $n } huruf
expected-items-least = paling sedikit { $n } butir
expected-items-most = paling banyak { $n } butir
expected-items-just = harus tepat { $n } butir
expected-one-of = salah satu dari: { $words }
expected-pattern = harus cocok dengan pola { $pattern }
expected-known = '{ $given }' tidak dikenal di sini
expected-day = tanggal seperti 2026-11-25
expected-other = { $detail }

## type (of a field)

type-int = bilangan bulat
type-float = angka
type-str = teks
type-bool = true atau false
type-null = null
type-object = objek
type-array = daftar

## account

account-unknown-role = Peran '{ $role }' tidak dikenal; pakai salah satu dari: { $roles }.
account-bad-name = Nama pengguna hanya berisi huruf, angka, '-', '.' dan '_'.
account-password-too-short = Kata sandi terlalu pendek; pakai paling sedikit { $least } huruf.
account-password-published = Kata sandi ini tercetak di dokumen demo; pilih yang lain.
account-password-of-the-demo = Kata sandi '{ $name }' adalah sandi demo; setel yang lain: siaga user add { $name }
account-none-of-that-name = Akun '{ $name }' tidak ada.
account-make-it-first = Akun '{ $name }' tidak ada; buat dahulu dengan `siaga user add`.
account-name-too-long = Nama paling panjang { $most } huruf.
account-skill-no-word = Keahlian '{ $word }' bukan kata; pakai huruf, angka dan '-', seperti en, zh, fire.
account-too-many-skills = { $n } keahlian terlalu banyak; paling banyak { $most } dapat disimpan.
account-token-not-one = { $n ->
    [0] Tidak ada token '{ $name }' (`siaga token list`, `siaga device list`).
   *[other] { $n } token bernama '{ $name }'; sebut id salah satunya (`siaga token list`, `siaga device list`).
}
account-name-the-person = Sebutkan orangnya: siaga user { $what } NAMA
account-token-without-role = Sebutkan apa yang boleh dilakukannya: siaga token create --role { $roles }
account-unit-misspelt = Tidak ada unit '{ $unit }'; apakah maksudnya { $near }?
account-no-such-unit = Tidak ada unit '{ $unit }'; units.csv kota menyebut semuanya.
account-bad-device-name = Nama '{ $name }' tidak dapat dipakai; pakai huruf, angka, spasi, '.', '-' dan tanda kurung.
account-device-there = Sudah ada perangkat '{ $name }'; beri nama lain, atau hapus yang itu dahulu.

## ready_or (of a position, in the story of a call)

ready_or-yes = siap
ready_or-no = tidak siap

## damage (kinds of what is wrong with the journal)

damage-chain = rantai entri
damage-recording = rekaman
damage-photo = foto
damage-message = pesan asli
damage-catalogue = katalog kata
damage-keys = kunci
damage-account = akun
damage-index = indeks

## event

event-Erased = Catatan tentang { $subjects } dihapus menurut { $rule }, surat { $letter }, oleh { $by }; { $digests } berkas
event-CallReceived = Panggilan masuk dari { $caller } ({ $service })
event-LocationReceived = Lokasi diterima: { $location } { $by }
event-LocationChosen = Lokasi terbaik kini nomor { $observation }: { $why }
event-LocationVerified = Lokasi nomor { $observation } diverifikasi { $by }
event-LocationContradicted = Lokasi nomor { $observation } bertentangan dengan yang diverifikasi (nomor { $verified }): { $metres } m
event-CivicReceived = Alamat diterima: { $text }
event-LocationReferenced = Rujukan ({ $kind }) untuk ditanyakan: { $uri }
event-ReferenceTried = Rujukan ditanya: { $uri } { $why }
event-AdditionalDataReceived = Data tambahan diterima: { $kind }
event-AmlReceived = Pesan lokasi dari telepon { $number } lewat { $via }: { $location }
event-AmlClaimed = Pesan lokasi telepon (entri { $aml }) milik panggilan ini
event-AmlLapsed = Pesan lokasi telepon (entri { $aml }) tidak menunggu panggilan lagi
event-CallQueued = Masuk antrean { $queue }
event-CallScored = Skor { $value } untuk panggilan iseng atau kosong: { $reasons }
event-CallScored-suspected = Diduga iseng atau kosong, skor { $value }: { $reasons }
event-CallPrioritised = Didahulukan: { $why }
event-CallOverflowed = Menunggu lama; juga ditanya: { $to }
event-PlacesTold = Diberi tahu urutan antreannya: { $calls }
event-WrapUpBegan = Menunggu hasil panggilan dari posisi { $position }
event-WrapUpEnded = Waktu habis tanpa hasil panggilan
event-CallOffered = Berdering di posisi { $position }
event-CallAccepted = Dijawab oleh { $by } di posisi { $position }
event-CallBridged = Penelepon dan { $position } saling mendengar
event-CallParted = Sambungan terputus di pihak kami { $why }
event-AnnouncementStarted = Penelepon mendengar pengumuman
event-CallEnded = Panggilan berakhir oleh { $by } ({ $why })
event-LegLost = Saluran hilang saat sentral mulai ulang
event-CallbackOwed = Harus ditelepon balik: { $why }
event-CallbackCleared = Telepon balik selesai ({ $by }) { $reason } { $why }
event-CallDisposed = Digolongkan { $disposition } oleh { $by }
event-CallPlaced = { $by } menelepon { $number } dari posisi { $position }
event-CallPlaced-back = { $by } menelepon balik { $number } dari posisi { $position }
event-PositionJoined = Posisi { $position } ikut dalam percakapan: { $mode }
event-PositionParted = Posisi { $position } keluar dari percakapan
event-ModeChanged = { $member } sekarang: { $mode }
event-PartyDialled = { $by } memanggil { $party } ke dalam percakapan
event-PartyDialled-blind = { $by } meneruskan penelepon ke { $party } tanpa menunggu jawaban
event-PartyJoined = { $party } menjawab dan ikut bicara
event-PartyLeft = { $party } keluar dari percakapan: { $why }
event-CallTransferred = { $by } menyerahkan penelepon kepada { $party }
event-CallTakenOver = { $by } mengambil alih panggilan di posisi { $position }
event-CallTakenOver-before = { $by } mengambil alih panggilan dari { $before } ke posisi { $position }
event-DtmfReceived = Penelepon menekan { $digits }
event-DtmfReceived-party = { $party } menekan { $digits }
event-DtmfSent = { $by } mengirim tombol { $digits } ke penelepon
event-DtmfSent-party = { $by } mengirim tombol { $digits } ke { $party }
event-SilenceNoted = Tidak terdengar suara penelepon selama { $seconds } dtk
event-SilenceNoted-heard = Suara penelepon terdengar lagi
event-CallerPrompted = Penelepon diminta menekan 5 bila tidak dapat berbicara ({ $times })
event-PromptsUnanswered = Tidak ada tombol atau suara setelah { $times } kali diminta
event-SilentLetGo = Sambungan diakhiri menurut pengaturan hang_up_silent: tidak ada suara selama { $seconds } dtk, { $prompts } permintaan tidak dijawab
event-MsdReceived = Kendaraan mengirim datanya: { $msd }
event-TextReceived = Penelepon menulis ({ $via }): { $text }
event-TextSent = { $by } menulis ({ $via }): { $text }
event-NoticeOrdered = Pesan { $notice } ({ $channel }) kepada { $to }, oleh { $by }
event-NoticeRepeated = Pesan { $notice } dicoba lagi
event-NoticeSent = Pesan { $notice } diterima penyedia
event-NoticeSent-demo = Demo: pesan { $notice } tidak dikirim, ditulis ke berkas
event-NoticeFailed = Pesan { $notice } tidak terkirim, dihentikan: { $why }
event-NoticeFailed-again = Pesan { $notice } belum terkirim, akan dicoba lagi: { $why }
event-LinkSent = { $by } mengirim tautan lokasi ({ $channel }) ke { $to }
event-LinkOpened = Penelepon membuka tautan
event-LinkConsented = Penelepon setuju: { $what }
event-LinkConsented-withdrawn = Penelepon menarik persetujuan: { $what }
event-LinkClosed = Tautan ditutup ({ $by })
event-PhotoReceived = Foto dari penelepon: { $width } × { $height }, { $digest }
event-PhotoViewed = { $by } melihat foto { $digest }
event-EidoRead = Data { $about } diambil { $to } dari { $address }
event-ReferenceGiven = { $to } diberi rujukan ke data { $about }
event-RecordingSealed = Rekaman { $leg } disegel: { $seconds } dtk, { $digest }
event-RecordingIncomplete = Rekaman { $leg } tidak lengkap: kurang { $missing } dari { $seconds } dtk ({ $why })
event-RecordingIncomplete-running = Rekaman { $leg } berhenti pada { $seconds } dtk ({ $why }); dicoba lagi
event-SoundStrayed = Suara salah sambung dan sudah dibetulkan: { $listener } tidak mendengar { $speaker }
event-SoundStrayed-heard = Suara salah sambung dan sudah dibetulkan: { $listener } mendengar { $speaker }
event-DiscrepancyNoted = Kejanggalan: { $what }
event-PositionOpened = { $user } membuka posisi { $position } ({ $media }) { $skills }
event-PositionReady = Posisi { $position } { $ready } { $reason }
event-PositionClosed = Posisi { $position } ditutup { $why }
event-PositionAttended = Posisi { $position } ada orangnya
event-PositionUnattended = Posisi { $position } tanpa orang ({ $why })
event-PositionLegUp = Audio posisi { $position } tersambung
event-PositionLegDown = Audio posisi { $position } putus { $why }
event-IncidentOpened = Kejadian { $incident } dibuka: { $type } oleh { $by }
event-IncidentChanged = Kejadian { $incident } diubah oleh { $by } { $type } { $address }
event-IncidentClosed = Kejadian { $incident } ditutup oleh { $by } { $outcome }
event-NoteAdded = Catatan { $by }: { $text }
event-CallLinked = Panggilan digabung ke { $incident } oleh { $by }
event-RecommendationMade = Usulan unit: { $candidates }
event-UnitRegistered = Unit { $unit } terdaftar
event-UnitRetired = Unit { $unit } dihapus
event-UnitStatusChanged = Status { $unit }: { $status } ({ $by })
event-UnitAssigned = { $unit } ditugaskan oleh { $by }, urutan { $rank } { $override }
event-AssignmentAcknowledged = Penugasan { $assignment } diterima oleh { $by }
event-AssignmentProgressed = Penugasan { $assignment }: { $progress } ({ $by })
event-AssignmentUnanswered = Penugasan { $assignment } tidak dijawab setelah { $waited } dtk
event-ProgressTold = { $by } melaporkan { $progress }, tetapi penugasan { $assignment } sudah { $state }
event-AssignmentReleased = Penugasan { $assignment } dibatalkan oleh { $by } { $reason } { $why }
event-PlaceDoubted = Lokasi { $incident } kembali di dalam batas wilayah kita
event-PlaceDoubted-outside = Lokasi { $incident } diragukan: { $text }
event-PlaceConfirmed = { $by } memastikan lokasi { $incident }
event-CentreAlerted = { $centre } diberi tahu tentang { $incident } ({ $why }), pemberitahuan { $alert }, versi { $version } { $asks }
event-AlertWithdrawn = Pemberitahuan { $alert } selesai: { $state }
event-AlertReceived = { $centre } memberi tahu tentang { $theirs }: { $type } { $address } ({ $state }) { $asks }
event-AlertLinked = Pemberitahuan { $alert } termasuk { $incident } ({ $by })
event-AlertAnswered = Jawaban pemberitahuan { $alert }: { $answer } { $units } { $text } ({ $by })
event-AlertUnanswered = Pemberitahuan { $alert } belum dijawab setelah { $waited } detik
event-UnitsSighted = Posisi unit: { $fixes }
event-OrderIssued = Perintah ke sentral: { $do } { $position } { $party }
event-OrderDone = Perintah { $order } dijalankan
event-OrderFailed = Perintah { $order } gagal: { $why }
event-OrderExpired = Perintah { $order } tidak dijawab
event-CanaryScheduled = Panggilan uji berikutnya dijadwalkan
event-CanaryStarted = Panggilan uji { $canary } ke { $uri } diminta { $by }
event-CanaryRang = Panggilan uji { $canary } berdering
event-CanaryAnswered = Panggilan uji { $canary } dijawab
event-CanaryEnded = Panggilan uji { $canary } berakhir { $why }
event-CanaryCame = Panggilan uji { $canary } masuk sebagai { $call }
event-CanaryHeard = Nada uji { $canary } ({ $way }) diukur: { $share }
event-CanaryPassed = Panggilan uji { $canary } berhasil
event-CanaryFailed = Panggilan uji { $canary } gagal: { $text }
event-AlarmRaised = Alarm: { $text }
event-AlarmCleared = Alarm { $alarm } selesai ({ $by })
event-CameraViewed = Kamera { $camera } dilihat oleh { $by }
event-RecordingPlayed = Rekaman { $digest } diputar oleh { $by }
event-CallReplayed = Panggilan diputar ulang oleh { $by }
event-JournalRead = Jurnal dibaca oleh { $by }
event-JournalVerified = Jurnal diverifikasi oleh { $by }. Utuh: { $intact } ({ $faults })
event-UserSignedIn = { $user } masuk ({ $role })
event-UserSignedOut = { $user } keluar
event-SignInRefused = Masuk ditolak: { $user }
event-SwitchConnected = Sentral { $boot } tersambung
event-SwitchLost = Sentral { $boot } putus
event-TrunkLost = Trunk { $trunk } tidak menjawab
event-TrunkBack = Trunk { $trunk } menjawab lagi
event-ClockStepped = Jam { $of } disetel { $seconds } dtk
event-ProcessStalled = { $of } berhenti { $seconds } dtk
event-RoomStarted = Ruang kendali dimulai
event-CatalogueInForce = Kata-kata { $language } berlaku: { $digest }
event-CommandRefused = Ditolak untuk { $by }: { $text }
event-AccountChanged = Akun { $user } diubah oleh { $by } ({ $role }) { $skills }
event-PlaceAliasAdded = { $by } menamai tempat: { $alias } { $name }
event-PlaceAliasAdded-learnt = dipelajari dari peta: { $alias } { $name }
event-PlaceAliasRemoved = { $by } menghapus nama tempat { $alias }
event-AlarmLevelRaised = { $incident }: tingkat alarm { $level }, oleh { $by }
event-ShiftsChanged = jam dinas: { $changes }
event-StreetClosed = { $by } menutup { $pieces } ruas jalan ({ $closure }): { $streets } { $why }
event-StreetReopened = { $closure } dibuka lagi: waktunya habis
event-StreetReopened-by = { $by } membuka lagi { $closure }
event-ConditionsSet = keterangan hujan dan air sudah tidak berlaku
event-ConditionsSet-by = { $by }: hujan { $rain }, tinggi air { $tide_m }
event-WaysReviewed = waktu tempuh ditinjau ulang: { $incident }
event-WaysReviewed-changed = waktu tempuh ditinjau ulang, usulan berubah: { $incident }
event-LinkAsked = Peramban lain membuka tautan penelepon dan menunggu izin
event-LinkAnswered = { $by } menjawab peramban lain yang membuka tautan penelepon
event-DraftDiscarded = Tulisan { $draft } dibuang oleh { $by }: { $words }
event-DraftRestored = Tulisan { $draft } dikembalikan oleh { $by }

## column (of the table of the queues)

column-day = hari
column-hour = jam (WIB)
column-queue = antrean
column-received = diterima
column-answered = dijawab
column-within = dijawab <= { $s } dtk
column-lost-at-once = hilang seketika (< 2 dtk)
column-lost-waiting = hilang saat menunggu
column-lost-announced = hilang setelah pengumuman
column-lost-failed = hilang karena gangguan kami
column-overflowed-in = limpahan masuk
column-overflowed-out = limpahan keluar
column-open = belum selesai
column-suspected = diduga iseng/kosong
column-mean-wait = rata-rata tunggu (dtk)
column-longest-wait = tunggu terlama (dtk)
column-emergency = darurat
column-information = informasi
column-prank = iseng
column-ghost = kosong
column-test = uji
column-unclassified = dijawab tanpa klasifikasi

## overflow

overflow-wrap-up = posisi yang belum mengisi hasil panggilan
overflow-anybody = semua petugas
overflow-phones = telepon di luar
overflow-alternate-centre = pusat pengganti
overflow-none = yang sama sekali lagi

## link

link-title = Pusat darurat 112 ingin menolong Anda
link-why = Petugas 112 { $city } mengirim halaman ini supaya bantuan menemukan Anda.
link-law = Dengan menekan tombol, Anda setuju bahwa 112 { $city } menerima lokasi, foto dan pesan yang Anda kirim, hanya untuk menolong dalam kejadian ini (UU 27/2022). Datanya disimpan bersama catatan panggilan. Anda dapat berhenti kapan saja.
link-start = Kirim lokasi saya
link-only = Hanya tulis pesan, tanpa lokasi
link-off = Lokasi tidak dikirim
link-asking = Mencari lokasi … izinkan bila ditanya
link-searching = Lokasi belum ditemukan. Pergilah ke tempat terbuka bila aman
link-denied = Ponsel menolak memberi lokasi. Izinkan lokasi untuk halaman ini di setelan, lalu tekan lagi
link-no_gps = Ponsel ini tidak dapat memberi lokasi di sini. Tuliskan di mana Anda berada
link-sending = Mengirim lokasi …
link-seen = Petugas melihat lokasi Anda ±{ $m } m
link-last = Terkirim pukul { $at }. Biarkan halaman ini terbuka.
link-waiting = { $n } lokasi menunggu jaringan
link-again = Coba lagi
link-stop = Berhenti mengirim lokasi
link-photo = Foto yang dikirim
link-photo_take = Kirim foto
link-photo_why = Memotret hanya bila aman. Foto dilihat petugas 112.
link-photo_sent = Foto yang sampai: { $n }
link-photo_failed = Foto ini tidak dapat dikirim.
link-chat = Pesan
link-write = Tulis kepada petugas
link-send = Kirim
link-you = Anda
link-centre = 112
link-call = Telepon 112
link-gone = Halaman ini sudah tidak berlaku
link-gone_how = Bila Anda masih memerlukan bantuan, telepon 112. Petugas dapat mengirim tautan baru.
link-no_script = Browser ini tidak dapat mengirim lokasi. Telepon 112 dan katakan di mana Anda berada.
link-asks = Halaman ini sudah dibuka di peramban lain
link-asks_how = Katakan kepada petugas 112 bahwa Anda membukanya di sini, atau buka kembali di tempat pertama. Bila tidak bisa, telepon 112.
link-silent = Tidak ada kabar dari 112 selama { $s } detik
link-silent_do = Halaman ini mencoba terus; yang Anda tulis dikirim begitu tersambung. Bila mendesak, telepon 112.

## sent_link

sent_link-title = Tautan lokasi
sent_link-send_link = Kirim tautan lokasi
sent_link-again = Kirim tautan lagi
sent_link-channel = Kirim lewat
sent_link-number = Nomor ponsel
sent_link-by = { $channel } { $to }
sent_link-waiting = sedang dikirim
sent_link-failed = belum terkirim, dicoba lagi
sent_link-sent = terkirim
sent_link-demo_only = demo, tidak dikirim
sent_link-given_up = tidak terkirim
sent_link-failed_how = Bila mendesak, minta nomor lain atau tanyakan lokasi secara lisan.
sent_link-opened = dibuka { $at }
sent_link-not_opened = belum dibuka
sent_link-left = berlaku { $m } menit lagi
sent_link-closed = ditutup
sent_link-places = lokasi: { $n }, terakhir { $at }
sent_link-close = Tutup tautan
sent_link-demo = Demo: pesan ini tidak dikirim.
sent_link-demo_show = Lihat pesannya
sent_link-demo_open = Buka sebagai penelepon
sent_link-photo = Foto { $n } · { $at }
sent_link-asking = peramban lain meminta masuk
sent_link-asks = { $at }: peramban lain membuka tautan ini ({ $agent }). Tanyakan kepada penelepon apakah itu miliknya.
sent_link-let_in = Izinkan
sent_link-keep_out = Jangan izinkan

## consent

consent-location = lokasi
consent-photos = foto
consent-chat = pesan

## channel

channel-sms = SMS
channel-whatsapp = WhatsApp
channel-technician = teknisi
channel-centre = pusat tetangga

## capability

capability-fire = pemadam
capability-water-tank = tangki air
capability-ambulance = ambulans
capability-advanced = ambulans gawat darurat
capability-first-response = motor cepat tanggap
capability-police = polisi
capability-traffic = polisi lalu lintas
capability-crowd = pengendali massa
capability-rescue = regu penyelamat
capability-water-rescue = penyelamat air
capability-boat = kapal
capability-animal = penangan hewan
capability-disaster = tim bencana

## unready

unready-assigned = bertugas pada { $incident }
unready-busy = sedang sibuk
unready-off_duty = tidak dinas
unready-unacknowledged = belum menjawab

## weekday

weekday-mon = Senin
weekday-tue = Selasa
weekday-wed = Rabu
weekday-thu = Kamis
weekday-fri = Jumat
weekday-sat = Sabtu
weekday-sun = Minggu

## side

side-n = utara
side-ne = timur laut
side-e = timur
side-se = tenggara
side-s = selatan
side-sw = barat daya
side-w = barat
side-nw = barat laut

## series

series-sentences = { $first } { $second }
series-and = { $most } dan { $last }
series-lines = { $first }
    { $second }
series-paragraphs = { $first }
    {""}
    { $second }

## travel (of a unit to a place, with its turn-out)

travel-plain = { DURATION($seconds) } ({ DISTANCE($metres) })
travel-station = { DURATION($seconds) } ({ DISTANCE($metres) }), termasuk { DURATION($turnout) } bersiap
travel-night = { DURATION($seconds) } ({ DISTANCE($metres) }), termasuk { DURATION($turnout) } bersiap di malam hari
travel-away = { DURATION($seconds) } ({ DISTANCE($metres) }), termasuk { DURATION($turnout) } bersiap di luar pos
travel-rolling = { DURATION($seconds) } ({ DISTANCE($metres) }), termasuk { DURATION($turnout) } karena sudah bergerak

## reason (why a unit stands where it stands in a ranking)

reason-suggested = Diusulkan untuk { $capability }.
reason-must-be-asked = Milik { $centre }, harus diminta.
reason-off-shift = Di luar jam dinas sampai { $until }.
reason-off-shift-till-day = Di luar jam dinas sampai { $day } { $until }.
reason-could-come = Dapat tiba dalam { $travel }.
reason-cut-off = Sekarang tidak ada jalan ke sana.
reason-quickest = Tercepat menurut waktu tempuh: { $travel }.
reason-later = { DURATION($gap) } lebih lambat daripada { $unit }: { $travel }.
reason-as-quick = Sama cepat dengan { $unit }: { $travel }.
reason-slower-by-road = { $unit } lebih dekat di peta, tetapi { DURATION($gap) } lebih lambat di jalan.
reason-not-free = { $unit } lebih dekat, tetapi tidak siap.
reason-not-free-why = { $unit } lebih dekat, tetapi tidak siap ({ $why }).
reason-uncovers = Membuat { $share } % { $area } tidak tercakup ({ $capability }).
reason-sooner-but-uncovers = { DURATION($gap) } lebih cepat daripada { $unit }, tetapi membuat { $share } % { $area } tidak tercakup ({ $capability }).
reason-longer-way = Jalan biasanya ditutup: { DURATION($gap) } lebih lama.
reason-too-far = Terlalu jauh untuk diusulkan.
reason-off-road = { DISTANCE($metres) } di antaranya di luar jalan.
reason-ferry = Dengan perahu umum dan jalan kaki.
reason-own-boat = Dengan kapal sendiri.
reason-estimate = Perkiraan dari garis lurus, bukan dari jalan.
reason-doubt-jump = Posisinya meloncat; dihitung dari posisi pasti yang terakhir.
reason-doubt-inaccurate = Posisinya hanya diketahui secara kasar.
reason-doubt-clock = Jam alatnya salah, posisi mungkin lama.
reason-doubt-silent = Lama tanpa kabar; dihitung dari posnya.
reason-doubt-frozen = Posisinya tetap padahal unit sedang jalan.
reason-last-seen = Posisi terakhir { DURATION($age) } yang lalu.
reason-no-gps = Posisi menurut pos, tanpa GPS.
reason-edge = Di tepi { $sides } area lokasi penelepon, unit ini yang tercepat.
reason-edge-other = Di tepi { $sides } area lokasi penelepon, { $unit } yang tercepat.
reason-every-edge = Di setiap tepi area lokasi penelepon, unit ini yang tercepat.
reason-every-edge-other = Di setiap tepi area lokasi penelepon, { $unit } yang tercepat.

## hindrance

hindrance-elsewhere = Jalan biasanya ditutup.
hindrance-closed = { $street } ditutup.
hindrance-closed-unnamed = Jalan tanpa nama ditutup.
hindrance-too-low = { $way }: air terlalu rendah.
hindrance-too-high = { $way }: air terlalu tinggi.
hindrance-no-ferry = { $way }: tidak ada perahu antara pukul { CLOCK($last) } dan { CLOCK($first) }.

## missing (why a need stays open)

missing-no-others = { $capability }: tidak ada unit yang lain.
missing-where = { $capability }: dari { $count } unit { $where }.
missing-busy = { $count } sedang bertugas
missing-off-duty = { $count } tidak dinas
missing-too-far = { $count } terlalu jauh
missing-cut-off = { $count } tidak ada jalan ke sana sekarang
missing-suggested = { $count } sudah diusulkan
missing-ranking-failed = Urutan unit gagal dibuat karena kesalahan program kami: pilih sendiri.

## method (how a ranking was made)

method-roads = waktu tempuh lewat jalan dan perahu
method-straight-line = garis lurus x 1,4 dengan 30 km/jam
method-ranked = { $count } unit diurutkan
method-conditions = { $conditions }
method-closed = { $count } ruas jalan ditutup
method-old-coverage = cakupan sebelum itu
method-failed = gagal karena kesalahan program kami
conditions-night = malam
conditions-rush-hour = jam sibuk
conditions-rain = hujan
conditions-low-water = air surut
conditions-high-water = air pasang

## what-if (siaga replay --policy)

what-if-recomputed = Dihitung ulang: selain baris pertama, yang berikut ini tidak terjadi. Jurnal dibaca dan tidak diubah.
what-if-period = { $incidents } kejadian dari { $first } sampai { $last }, { $jobs } unit dikirim, { $crews } unit milik sendiri. Terlambat: lebih dari { $late } dtk.
what-if-left-out = Tidak dihitung: { $what }.
what-if-left-nowhere = { $count } kejadian tanpa lokasi
what-if-left-nobody = { $count } kejadian tanpa unit yang dikirim atau tiba
what-if-left-called-off = { $count } penugasan yang dibatalkan sebelum tiba
what-if-left-not-done = { $count } penugasan yang belum selesai di akhir jurnal
what-if-left-neighbour = { $count } penugasan unit pusat tetangga
what-if-left-unknown = { $count } penugasan unit yang tidak terdaftar di jurnal
what-if-left-unreached = { $count } kejadian yang tidak terjangkau siapa pun menurut salah satu aturan
what-if-taken = Diambil dari catatan: { $handling } dtk dari panggilan sampai pengiriman (median), waktu tempuh berbeda { $spread }% dari perkiraan (simpangan baku).
what-if-differences = Detik dari panggilan sampai unit pertama di lokasi. Selisih terhadap '{ $base }', ± kepercayaan 95 %.
what-if-as-recorded = menurut catatan
what-if-same-units = unit sama, diulang
what-if-points = poin
what-if-head-policy = aturan
what-if-head-incidents = kejadian
what-if-head-mean = rata-rata
what-if-head-median = median
what-if-head-p90 = p90
what-if-head-late = terlambat
what-if-head-mean-differs = selisih rata-rata
what-if-head-late-differs = selisih terlambat
what-if-head-by-capability = per kemampuan: rata-rata, terlambat
what-if-head-by-district = per wilayah: rata-rata, terlambat
what-if-head-differs-most = paling berbeda
what-if-head-type = jenis
what-if-head-called = panggilan
what-if-incident = { $incident } { $type }, panggilan { $called }; detik sesudah panggilan
what-if-as-it-was = menurut catatan: yang pertama dari { $units } sesudah { $seconds } dtk
what-if-job = { $unit } untuk { $capability }: dikirim { $sent } dtk, tiba { $there } dtk
what-if-reading = membaca jurnal: { $count } entri
what-if-running = { $policy }: { $done } dari { $count }
what-if-wrong-both = --policy menghitung ulang yang terjadi, --call dan --at menunjukkannya: minta salah satu saja
what-if-wrong-late = --late harus detik dari 60 sampai 7200, misalnya 600
what-if-wrong-policy = --policy mengenal { $known }, bukan '{ $name }'
what-if-wrong-no-policy = sebutkan menurut aturan mana: --policy dengan satu atau beberapa dari { $known }
what-if-wrong-order = --to lebih awal daripada --from; tukarkan
what-if-wrong-day = '{ $said }' bukan hari; tulis seperti 2027-01-31 atau 2027-01-31T18:00
what-if-wrong-incident = kejadian '{ $incident }' tidak termasuk kejadian periode itu yang didatangi unit
what-if-wrong-empty = dalam periode ini jurnal tidak punya kejadian yang didatangi unit; pilih periode lain dengan --from dan --to
what-if-wrong-nobody-free = tidak ada unit yang bebas untuk kejadian mana pun dalam periode ini; pilih yang lebih panjang

## advice

advice-move-up = { $area } tinggal { $covered } % tercakup ({ $capability }). Saran: { $unit } bersiaga di { $base }; menjadi { $then } %.

## alarm

alarm-order-failed = Perintah '{ $order }' tidak dijalankan: { $why }. Coba lagi.
alarm-canary-failed = Panggilan uji gagal: { $missing }. Telepon 112 dari ponsel, lalu hubungi operator jaringan.
alarm-canary-failed-by = Panggilan uji gagal: { $missing } ({ $why }). Telepon 112 dari ponsel, lalu hubungi operator jaringan.
alarm-recording-incomplete = Rekaman tidak lengkap, mulai dari panggilan { $call }: kurang { $missing } dari { $seconds } dtk ({ $why }). Panggilan jalan terus. Periksa disk sentral telepon dan kosongkan ruang; apa yang kurang tertulis di riwayat tiap panggilan. Hapus alarm ini sesudahnya.
alarm-trunk-lost = Trunk { $trunk } tidak menjawab ({ $why }); penelepon lewat sana mungkin tidak sampai ke sini. Hubungi operatornya, dan periksa jaringan.
alarm-notice-failed = Pesan kepada { $to } tidak terkirim ({ $why }). Sampaikan dengan cara lain; periksa setelan notify.
alarm-technicians = teknisi
canary-not-rang = tidak berdering
canary-not-answered = tidak dijawab
canary-not-call = tidak masuk ke pusat ini
canary-not-heard_out = suaranya tidak terekam
canary-not-heard_back = suaranya tidak kembali
alarm-way-cut-off = { $unit } tidak punya jalan lain ke { $incident }. Beri tahu awaknya lewat radio.
alarm-way-cut-off-instead = { $unit } tidak punya jalan lain ke { $incident }. Beri tahu awaknya lewat radio. { $other } dapat tiba lebih cepat: kirim { $other }, lalu bebaskan { $unit }.
alarm-way-longer = { $unit } ke { $incident } lewat jalan lain, { $minutes } menit lebih lama. Beri tahu awaknya lewat radio.
alarm-way-longer-instead = { $unit } ke { $incident } lewat jalan lain, { $minutes } menit lebih lama. Beri tahu awaknya lewat radio. { $other } dapat tiba lebih cepat: kirim { $other }, lalu bebaskan { $unit }.
alarm-alert-over = { $centre }: kejadian mereka { $theirs } ({ $kind }) sudah selesai atau dicabut. Periksa unit kita.
alarm-alert-received = { $centre } memberi tahu: { $kind } ({ $why }). Jawab, atau buka kejadian.
alarm-alert-received-asking = { $centre } memberi tahu: { $kind } ({ $why }). Diminta: { $units }. Jawab, atau buka kejadian.
alarm-no-number = (tanpa nomor)
alarm-rights-ended = Hak { $user } berakhir selagi bicara dengan { $caller } di { $position }. Pengawas: ambil alih panggilan itu, atau biarkan selesai; panggilan baru tidak datang ke sana.
alarm-order-expired = Sentral telepon tidak menjalankan perintah '{ $order }'. Periksa proses telephony.
alarm-switch-lost = Sambungan ke sentral telepon putus; panggilan dijawab menurut perintah tetap. Periksa prosesnya.
alarm-reports-missing = { $count } laporan sentral telepon tidak pernah sampai (nomor { $numbers }, boot { $boot }); panggilan atau rekaman dapat hilang dari papan. Bandingkan dengan rekaman, dan periksa folder data sentral telepon.
alarm-sound-heard = Suara salah sambung dan sudah dibetulkan: { $listener } mendengar { $speaker } (panggilan { $calls }). Pastikan dengan siapa Anda berbicara, catat apa yang terdengar, dan beri tahu pembuat program.
alarm-sound-not-heard = Suara salah sambung dan sudah dibetulkan: { $listener } tidak mendengar { $speaker } (panggilan { $calls }). Pastikan dengan siapa Anda berbicara, catat apa yang terdengar, dan beri tahu pembuat program.
alarm-audio-broke = Suara { $position } putus; penelepon { $caller } masih menunggu. Jawab lagi.
alarm-transfer-broke = Pengalihan { $caller } tidak berlanjut; penelepon masih menunggu. Jawab lagi.
alarm-outcomes-missing = { $count } panggilan tanpa hasil. Minta petugasnya mengisi hasil panggilan.
alarm-link-after-call = { $to } mengirim sesuatu lewat tautan sesudah panggilan berakhir; buka panggilan { $call }.
alarm-told-too-late = { $unit } melaporkan '{ $progress }' { $minutes } menit lalu untuk { $incident }, tetapi laporan baru masuk sesudah penugasan selesai ({ $state }). Tanyakan di mana mereka.
alarm-not-acknowledged = { $unit } belum menjawab penugasan { $incident } setelah { $seconds } detik.
alarm-not-acknowledged-next = { $unit } belum menjawab penugasan { $incident } setelah { $seconds } detik. Usulan berikutnya: { $next }.
alarm-closer-unit = { $unit } sudah bebas dan dapat tiba di { $incident } { $minutes } menit lebih cepat daripada { $other } yang sedang menuju ke sana. Kirim { $unit }, lalu bebaskan { $other }.
alarm-call-them = Telepon mereka, F10.
alarm-call-them-at = Telepon mereka, F10 ({ $contact }, { $number }).
alarm-answer-does-not-arrive = Jawaban kita tentang { $theirs } tidak sampai di { $centre }.
alarm-alert-not-heard = { $centre } belum tahu tentang { $incident }: { $why }.
alarm-alert-unanswered = { $centre } menerima { $incident } tetapi belum menjawab.
alarm-aid-refused = { $centre } tidak mengirim { $unit } ke { $incident }. Pilih unit lain.
alarm-clock-forward = Jam mesin dimajukan { $span }. Panggilan dan tenggat tidak terpengaruh; cap waktu sebelumnya menurut jam lama. Periksa NTP (timedatectl).
alarm-clock-back = Jam mesin dimundurkan { $span }. Panggilan dan tenggat tidak terpengaruh; cap waktu sebelumnya menurut jam lama. Periksa NTP (timedatectl).
alarm-stalled-room = Ruang kendali berhenti selama { $seconds } detik dan berjalan lagi; semua tenggat diperpanjang. Lihat penelepon yang menunggu, lalu periksa beban mesin dan disknya.
alarm-stalled-switch = Sentral telepon berhenti selama { $seconds } detik dan berjalan lagi; semua tenggat diperpanjang. Lihat penelepon yang menunggu, lalu periksa beban mesin dan disknya.
alarm-journal-damaged = Jurnal rusak: { $count } entri tidak dapat dipakai ({ $faults }). Papan mungkin tidak lengkap. Jalankan `siaga verify`, periksa disk, dan bandingkan dengan cadangan.
alarm-no-streets = Jaringan jalan tidak dapat dipakai, waktu tempuh hanya perkiraan: { $why }
alarm-journal-file-deleted = { $file } dihapus sewaktu ruang kendali berjalan; berkas itu ditulis lagi, tidak ada yang hilang. Cari tahu siapa atau apa.
alarm-keys-missing = Yang dikatakan { $entries } entri tentang orang tidak dapat dibuka: kunci utamanya hilang. Kembalikan berkas master.key dari salinannya (docs/operations.md), lalu mulai lagi ruang kendali. Panggilan tetap dijawab dan dicatat.
alarm-keys-not-kept = Kunci utama jurnal tidak dapat disimpan ({ $what }). Yang dicatat sekarang terbaca sampai ruang kendali ini berhenti, sesudah itu tidak lagi. Perbaiki folder data.
alarm-keys-table = Tabel subject_keys di basis data tidak dapat ditulis; { $count } kunci atau penghapusan menunggu di memori dan hilang bila ruang kendali ini berhenti. Perbaiki basis data (docs/operations.md). Panggilan tetap dijawab dan dicatat.
alarm-keys-files = Periksa { $files } di folder data: bukan kunci, atau terbaca oleh orang lain (chmod 600).
alarm-catalogue-not-kept = Kata-kata yang dibaca orang sekarang tidak dapat disimpan di { $folder }: { $detail }. Panggilan berjalan terus. Kosongkan ruang atau perbaiki disk; dicoba lagi setiap beberapa detik.
alarm-language-unread = dispatch/locale/{ $language }.ftl tidak terbaca, jadi bahasa itu tidak ditawarkan; simpan sebagai UTF-8 dan izinkan layanan membacanya, lalu mulai ulang ruang kendali
alarm-keys-unusable = { $file } tidak dapat dipakai ({ $detail }); tautan lokasi dan kejadian yang dikirim sebelum ini tidak terbuka. Perbaiki folder data, lalu mulai lagi ruang kendali.
alarm-mqtt-away = Broker MQTT tidak terhubung ({ $why }); posisi unit yang lewat sana berhenti. Periksa broker dan setelan mqtt.
alarm-no-map = Peta dasar tidak dapat dibuat; peta digambar sederhana dari berkas kota: { $why }
alarm-switch-stuck = Sentral telepon { $parts }. Panggilan baru mungkin tidak terjawab; mulai ulang prosesnya.
alarm-switch-unread = Sentral telepon mengirim sesuatu yang tidak dapat dibaca ruang kendali; tersimpan di jurnal. Samakan versi keduanya, lalu periksa log.
alarm-spool-gone = Spool sentral telepon: { $file } tidak ada lagi; laporan dari sebelum ini yang belum diterima ruang kendali hilang. Periksa disk dan folder data.
alarm-spool-unread = Spool sentral telepon: { $file } tidak dapat dibaca seluruhnya; { $reports } laporan lain di dalamnya dikirim ({ $what }). Periksa disk dan folder data.
alarm-spool-deleted = Spool sentral telepon: { $file } dihapus sewaktu sentral telepon berjalan; { $reports } laporan yang belum diterima ditulis lagi. Periksa disk dan folder data.
alarm-spool-exchanged = Spool sentral telepon: { $file } ditukar sewaktu sentral telepon berjalan; { $reports } laporan yang belum diterima ditulis lagi. Periksa disk dan folder data.
alarm-spool-cut = Spool sentral telepon: { $file } dipotong sewaktu sentral telepon berjalan; { $reports } laporan yang belum diterima ditulis lagi. Periksa disk dan folder data.
alarm-spool-written = Spool sentral telepon: { $file } ditulisi program lain sewaktu sentral telepon berjalan; { $reports } laporan yang belum diterima ditulis lagi. Periksa disk dan folder data.
alarm-switch-disk = Sentral telepon tidak dapat menulis ke disk ({ $why }). Panggilan tetap dijawab; laporan hanya di memori dan hilang bila prosesnya berakhir, rekaman bisa tidak ada. Kosongkan atau perbaiki disk; selebihnya pulih sendiri.
alarm-switch-socket = Soket sentral telepon tidak dapat dibuat ({ $detail }); ruang kendali di mesin ini tersambung tanpa berkas. Perbaiki folder itu atau setelan 'switch_socket'.
alarm-switch-settings = Setelan sentral telepon salah, nilai bawaan dipakai: { $complaints }. Perbaiki, lalu mulai lagi prosesnya.
alarm-spool-kept = Spool sentral telepon: { $file } yang lama disimpan sebagai { $kept }. Periksa disk dan folder data.
alarm-journal-away = Jurnal tidak dapat ditulis ({ $why }). Panggilan tetap dijawab. Periksa databasenya.

## span (by which a clock was set)

span-hours = { $hours } jam { $minutes } menit
span-minutes = { $minutes } menit { $seconds } detik
span-seconds = { $seconds } detik

## notice (leaves by SMS and the like: only letters of GSM 03.38)

notice-job = 112 { $incident } { $unit }: { $about }
notice-alert = 112 { $centre } { $incident }: { $about }
notice-alert-over = 112 { $centre }: { $incident } tidak lagi menyangkut Anda.
notice-alert-asks = minta { $units }
notice-to-centre = { $alert } v{ $version }
notice-location-link = 112: Buka tautan ini untuk mengirim lokasi, foto atau pesan kepada petugas: { $link }

## canary


## sound-end

sound-end-caller = penelepon
sound-end-position = posisi { $name }
sound-end-party = pihak { $name }
sound-end-sound = suara yang diputar
sound-end-recorder = rekaman
sound-end-canary = panggilan uji
sound-end-unknown = saluran tak dikenal

## leftover (of the demo)

leftover-there = Sisa demo masih ada dan ditolak.
leftover-accounts = Akun dengan sandi yang diterbitkan: { $names }. Hapus (siaga user remove NAMA) atau beri sandi baru.
leftover-tokens = Token program demo: { $names }. Cabut (siaga token list, siaga token revoke ID).
leftover-invented = { $file } berisi nomor rekaan dan tidak dibaca.
leftover-in-file = { $file }: { $names } milik demo, ganti.

## notify

notify-address = Setelan notify_{ $channel }: alamat nomor { $numbers } tidak dimengerti; lihat docs/notices.md.
notify-file-unreadable = Setelan notify_file: { $file } tidak dapat dibaca ({ $detail }); lihat docs/notices.md.

## file

file-others-can-read = { $file } terbaca oleh orang lain; jalankan chmod 600.

## tokens

tokens-unreadable = { $file } tidak dapat dibaca ({ $detail }), { $centres } tidak dapat diberi tahu; lihat docs/neighbours.md.
tokens-missing = { $file }: tidak ada token untuk { $centres }; lihat docs/neighbours.md.

## mqtt

mqtt-not-yet = belum ada sambungan
mqtt-no-connection = tidak ada sambungan
mqtt-detail = { $detail }
mqtt-refused-us = kita ditolak: { $detail }
mqtt-may-not-read = kita tidak boleh membaca { $topics }
mqtt-ended = sambungan berakhir: { $detail }

## journal (why it is away, what is damaged)

journal-no-database = databasenya tidak dapat dibuka: { $detail }; betulkan setelan 'database'
journal-taken = ruang kendali lain ({ $holder }) menulis jurnal ini; hentikan yang itu, atau tunggu sebagai cadangannya
journal-not-written = jurnal tidak dapat ditulis: { $detail }
journal-not-read = jurnal tidak dapat dibaca: { $detail }
journal-index-not-read = indeksnya tidak dapat dibaca: { $detail }
journal-index-not-written = indeksnya tidak dapat ditulis: { $detail }
journal-none-there = tidak ada jurnal di { $file }; betulkan setelan 'data' atau 'database'
journal-no-answer = tidak ada jawaban dari disk atau database selama { $seconds } dtk
journal-fault = kesalahan pada program kami: { $detail }
journal-out-of-order = entri { $seq } berdiri sesudah { $before }
journal-entry-missing = entri { $seq } tidak ada
journal-entries-missing = entri { $seq }–{ $upto } tidak ada
journal-entry-unreadable = entri { $seq } tidak dapat dibaca
journal-entry-not-folded = entri { $seq } tidak dapat dipakai papan: { $detail }
journal-entry-changed = entri { $seq } diubah
journal-and-more = dan { $count } lagi

## claim

claim-taken = { $file } dipegang oleh { $who }
claim-process = proses { $number }
claim-another = proses lain
claim-no-locks = { $file }: sistem berkas ini tidak mengenal kunci; pastikan tidak ada yang lain memakai folder itu
claim-same-postgresql = di PostgreSQL yang sama

## storage (of the switch)

storage-no-file = bukan berkas
storage-full = disknya penuh
storage-spool-not-written = spool tidak dapat ditulis ({ $why }); kosongkan ruang di disk, atau perbaiki
storage-no-answer = disk tidak menjawab; periksa disknya, atau tempat ia bergantung
storage-no-permission = tidak boleh menulis: { $names }
storage-folder = { $folder }: { $detail }
storage-takes-look = rekaman mana yang berjalan tidak dapat dicatat ({ $detail }); periksa disknya
storage-takes-restart = rekaman mana yang berjalan tidak dapat dicatat ({ $detail }); kosongkan ruang di disk dan mulai lagi
storage-file-unreadable = { $detail }
storage-lines-too-many = baris { $line } dan yang sesudahnya: terlalu banyak
storage-line = baris { $line }: { $what }
storage-line-unread = { $detail }
storage-line-no-report = bukan laporan
storage-out-of-order = baris { $line }: laporan { $report } tidak berurutan
storage-half-a-line = separuh baris
storage-line-too-long = lebih panjang daripada laporan mana pun
storage-rest-unreadable = disknya tidak dapat memberi sisanya: { $detail }
storage-not-sealed = { $file } tidak disegel: { $detail }
storage-not-settled = rekaman mungkin tidak bertahan bila listrik padam: { $detail }; periksa disknya

## switch-part

switch-part-word = tidak memberi kabar
switch-part-sip = tidak membaca paket SIP
switch-part-queue = terlambat membaca paket SIP
switch-part-sound = tidak meneruskan suara

## switch-start

switch-start-no-data-folder = folder data { $folder } tidak dapat dipakai: { $detail }; panggilan tetap dijawab
switch-start-another = telephony: sentral telepon lain bekerja dengan folder data { $folder }: { $who }. Hentikan yang itu, atau isi SIAGA_DATA dan SIAGA_SIP untuk yang lain
switch-start-not-started = telephony: { $why }
switch-start-answers = sentral telepon { $boot } menjawab di { $sip } (UDP dan TCP)
switch-start-answers-secure = sentral telepon { $boot } menjawab di { $sip } (UDP dan TCP), { $secure } (TLS)
switch-start-limit = sampai { $calls } panggilan sekaligus; lebih dari itu dibatasi oleh { $limit }

## stack

stack-not-installed = pjsua2 belum dipasang; jalankan `make setup`
stack-old-build = pjsua2 ini dari rakitan lama; jalankan `make setup`
stack-no-extensions = pustaka SIP tidak menerima perluasan { $extensions }: status { $status }
stack-no-guard = pustaka SIP tidak menjaga panggilan kita; rakit lagi dengan deploy/build-pjsua2.sh
stack-no-gate = pustaka SIP tidak menerima gerbang kita; rakit lagi dengan deploy/build-pjsua2.sh
stack-cannot-listen = tidak dapat mendengarkan SIP di { $place }: { $detail }; hentikan yang memakainya, atau ubah setelan '{ $setting }'

## limit

limit-max-calls = setelan 'max_calls'
limit-rtp-ports = setelan 'rtp_ports'
limit-library = pustaka SIP
limit-open-files = berkas terbuka; naikkan LimitNOFILE atau `ulimit -n`

## sound-file

sound-file-unknown = { $file }: tidak ada suara bernama ini; namanya ada di docs/telephony.md
sound-file-unusable = { $file }: { $detail }; simpan sebagai WAV (PCM), sementara ini punya kita yang diputar
sound-file-cut-off = { $file }: berakhir terlalu dini; simpan sebagai WAV (PCM), sementara ini punya kita yang diputar

## gate

gate-stranger = { $address } dan lainnya di luar 'sip_trunks' ditolak { $n } permintaan dengan 403; apakah alamat trunk tidak ada di setelan itu?
gate-full = { $n } panggilan dari { $address } ditolak dengan 503: 'max_calls' sudah penuh
gate-source_full = { $n } panggilan dari { $address } ditolak dengan 503: 'max_calls_per_source' miliknya sudah penuh
gate-reserved = { $n } panggilan dari { $address } ditolak dengan 503: 'reserved_calls' yang terakhir disimpan untuk sumber lain
gate-source_rate = { $n } panggilan dari { $address } ditolak dengan 503: ia menelepon lebih cepat daripada 'calls_per_second_per_source'
gate-overload = { $n } panggilan dari { $address } ditolak dengan 503: yang masuk lebih banyak daripada yang dapat dijawab, dan ia melebihi bagiannya
gate-unacked = { $n } panggilan dari { $address } ditolak dengan 503: terlalu banyak jawaban yang dibiarkannya tanpa ACK
gate-lines = { $n } panggilan dari telepon di { $address } ke posisi ditolak dengan 503: terlalu banyak dalam satu detik
gate-others = { $n } permintaan dari { $address } yang bukan panggilan ditolak dengan 503: terlalu banyak dalam satu detik
gate-foreign = { $n } permintaan atau jawaban dalam panggilan datang dari { $address }, bukan dari tempat asal panggilan itu, dan ditolak; bila itu server lain dari trunk yang sama, tulis jaringannya di samping jaringan trunk di 'sip_trunks', disambung dengan +; bila operatornya berkata itu bukan miliknya, blokir di firewall

## setting

setting-no-host-port = '{ $value }' bukan host:port; tulis seperti 127.0.0.1:5060
setting-no-web-site = '{ $value }' bukan alamat situs web; tulis seperti https://112.example.go.id
setting-no-broker = '{ $value }' bukan alamat broker; tulis seperti mqtts://broker.example.go.id:8883
setting-plain-broker = '{ $value }' akan mengirim sandi apa adanya; pakai mqtts://, atau mqtt:// di mesin ini
setting-no-host = '{ $value }' bukan host; tulis seperti lis.operator.id atau 10.1.2.3:8080, tanpa http://
setting-no-sip-server = '{ $value }' bukan alamat SIP; tulis seperti sip:10.1.1.1
setting-no-ports = '{ $value }' bukan rentang sedikitnya 100 port dari 1024; tulis seperti 20000-28000
setting-negative = { $value } di luar rentang; tulis angka yang tidak negatif
setting-too-soon = { $value } terlalu cepat: penelepon ditanya tiga kali dalam semenit; tulis 90 atau lebih, atau 0
setting-patience = { $value } di luar rentang; tulis detik dari 0 sampai 600: tidak seorang pun boleh kehilangan tempatnya karena waktu
setting-thresholds = { $value } tidak dapat dipakai; tulis detik bulat dari 1 sampai 60 yang menaik, seperti [10, 15, 20]
setting-no-number-in-it = '{ $value }' tidak menyebut di mana nomornya; tulis seperti sip:{"{"}number{"}"}@10.1.1.1
setting-no-prefix = '{ $value }' bukan awal nomor; tulis seperti +62, atau 11 untuk kode pendek
setting-no-sip-address = '{ $value }' bukan alamat SIP; tulis seperti sip:0771112@10.1.1.1
setting-no-such-file = { $file }: berkas itu tidak ada; salin siaga.toml ke sana atau hapus SIAGA_SETTINGS
setting-file-unreadable = { $file }: { $detail }; pastikan dapat dibaca
setting-line-unreadable = { $file }: { $detail }; betulkan baris itu
setting-meant = { $file }: setelan '{ $key }' tidak dikenal; maksudnya '{ $near }'?
setting-unknown = { $file }: setelan '{ $key }' tidak dikenal; hapus barisnya
setting-belongs-in = { $file }: setelan '{ $key }' salah tempat; pindahkan barisnya ke bawah [{ $table }]
setting-belongs-at-the-top = { $file }: setelan '{ $key }' berada di dalam tabel; pindahkan barisnya ke paling atas, di atas [tabel] pertama
setting-no-table = { $file }: '{ $table }' adalah tabel; tulis [{ $table }] di baris tersendiri, lalu setelannya di bawahnya
setting-wrong = setelan '{ $key }': { $what }
setting-too-many-networks = setelan 'sip_trunks': hanya { $most } jaringan pertama yang dipakai, panggilan dari yang lain ditolak; gabungkan yang berdekatan menjadi yang lebih lebar
setting-too-few-ports = setelan 'rtp_ports', 'max_calls': { $ports } cukup untuk { $room } panggilan, bukan untuk { $calls }; lebarkan rentangnya atau turunkan max_calls
setting-not-loopback = setelan 'http': { $value } bukan loopback, dan peramban memberi mikrofon hanya kepada HTTPS; isi tls_folder dengan folder berisi fullchain.pem dan privkey.pem, atau pakai 127.0.0.1

## siaga (the program)

siaga-wrong = siaga: { $what }
siaga-read-so-far = {"  "}{ $entries } entri …
siaga-fault = {"  "}{ $what }
siaga-counted = { $entries } entri, { $recordings } rekaman, { $photos } foto, { $messages } pesan, { $catalogues } katalog kata, { $accounts } akun; { $erased } berkas dihapus secara sah; { $sealed } entri disegel, { $closed } di antaranya dihapus secara sah
siaga-head-unknown = RUSAK: tidak ada entri dengan digest { $head }; jurnalnya dipotong atau ditukar
siaga-kind = { $n } × { $kind }
siaga-broken = RUSAK: { $kinds }   (dari { $counted })
siaga-intact = utuh: { $counted }
siaga-head = kepala: { $head }   (tulis di tempat lain; `siaga verify --head` memeriksanya kelak)
siaga-reindexed = indeks jurnal dibuat lagi; `siaga verify` berkata apakah cocok
siaga-no-such-call = siaga: jurnal tidak mengenal panggilan '{ $call }'
siaga-user-removed = { $name } dihapus dan dikeluarkan di mana-mana
siaga-phone-password = pengguna SIP { $name }, sandi { $password } (ditampilkan sekali), dial sip:pos-P1@{ $place }
siaga-ask-password = Sandi:
siaga-user-added = { $name } boleh masuk sebagai { $role }
siaga-token-revoked = { $name } ({ $role }) tidak membuka apa pun lagi, dalam hitungan detik
siaga-token-revoked-of-unit = { $name } ({ $role } dari { $unit }) tidak membuka apa pun lagi, dalam hitungan detik

## device

device-added = { $unit }: perangkat '{ $name }' ditambahkan. Rahasianya ditampilkan sekali ini; siapa yang memilikinya berbicara atas nama { $unit }.
device-osmand = OsmAnd: Plugin > Perekaman perjalanan > Pelacakan daring, alamat web:
    {"  "}{ $address }
    {"  "}setiap { $seconds } detik
device-owntracks = OwnTracks: mode HTTP, tanpa kunci sandi, mode Move
    {"  "}URL       { $address }
    {"  "}pengguna  { $unit }
    {"  "}sandi     { $secret }
    {"  "}perangkat { $name }
device-traccar = Traccar Client: Pengaturan
    {"  "}pengenal perangkat  { $secret }
    {"  "}URL server          { $address }
    {"  "}frekuensi           { $seconds } detik, jarak 0
device-not-reached = Telepon di luar tidak mencapai { $site }: isi `public_url` dengan alamat https, lalu tambahkan lagi.
device-scan = {""}
    atau pindai ini dengan kamera telepon, atau di aplikasinya:

## run (siaga run)

run-again = {"  "}{ $name } berhenti: { $detail }
    {"    "}dijalankan lagi; selengkapnya di { $log }
run-exit-status = status keluar { $status }
run-already = siaga: sudah berjalan dengan folder data { $folder }: { $url } ({ $who })
    siaga: hentikan yang itu dengan Ctrl-C, atau isi SIAGA_DATA, SIAGA_HTTP dan SIAGA_SIP untuk yang lain
run-stopping = {""}
    menghentikan …
run-stopped = berhenti; jurnal dan rekaman ada di { $folder }
run-no-disk = siaga: { $folder } tidak dapat ditulis ({ $detail }); panggilan tetap dijawab. Perbaiki disknya
run-ready = {""}
    {"  "}Siaga 112 siap setelah { $seconds } dtk:   { $url }
    {"  "}SIP: { $sip }      Data: { $folder }
    {"  "}Ctrl-C menghentikan semuanya
run-ready-demo = {""}
    {"  "}Siaga 112 siap setelah { $seconds } dtk:   { $url }
    {"  "}SIP: { $sip }      Data: { $folder }
    {"  "}Demo – belum disurvei. Masuk dengan sandi '{ $password }': { $people }
    {"  "}Di terminal lain:  make call
    {"  "}Ctrl-C menghentikan semuanya

## caller (the demo's)

caller-rings = berdering
caller-answered = dijawab
caller-ended = selesai ({ $code } { $detail })
caller-message = pesan: { $code } { $detail }
caller-calls = { $number } memanggil { $to }  ({ $place })
caller-no-place = tanpa lokasi
caller-nothing-answers = Tidak ada jawaban dari { $place }: jalankan  make run

## import (siaga import-osm)

import-no-such-file = { $file }: berkas itu tidak ada; unduh kutipan peta dahulu (docs/osm.md)
import-damaged = { $file }: { $detail }; berkasnya rusak atau terpotong, unduh lagi
import-unsorted = { $file }: simpul berdiri sesudah jalan; urutkan dengan `osmium sort`
import-no-ways = { $file }: tidak berisi jalan; berikan kutipan dengan nodes, ways dan relations
import-relations = relasi …
import-read-so-far = { $nodes } simpul bertanda, { $ways } jalan, { $kept } di antaranya disimpan …
import-read = { $nodes } simpul bertanda, { $ways } jalan, { $kept } di antaranya disimpan
import-keep = --keep { $file }: tidak ditulis oleh impor; simpan beberapa dari { $known }
import-note = {"  "}{ $line }
import-notes = { $count } benda tidak dapat dipakai apa adanya: { $file }
import-ready = { $folder } siap setelah { $seconds } dtk; tampilkan "{ $attribution }" di mana pun petanya ditampilkan
import-no-box = --clip { $clip }: bukan kotak; tulis selatan,barat,utara,timur dalam derajat, atau nama berkas GeoJSON dengan poligon
import-clip = --clip { $clip }: { $detail }; tulis selatan,barat,utara,timur dalam derajat, atau nama berkas GeoJSON dengan poligon
import-no-polygon = --clip { $clip }: tidak berisi poligon; tulis selatan,barat,utara,timur dalam derajat, atau nama berkas GeoJSON dengan poligon
import-speeds = --speeds { $file }: { $detail }; tulis baris seperti primary = 45
import-speed-of-what = --speeds { $file }, { $key }: tidak dikenal; pakai beberapa dari { $known }
import-no-speed = --speeds { $file }, { $key }: '{ $value }' bukan kecepatan; tulis km/jam dari 3 sampai 150
import-streets = jalan …
import-no-street = tidak ada jalan di dalam kutipan dan di dalam --clip; apakah lintang di depan, dan apakah itu wilayahnya?
import-borders = { $streets } jalan dan rute perahu, { $turns } belokan terlarang; batas, daratan dan air …
import-names = { $borders } batas, { $land } bidang daratan, { $ground } penutupnya; nama …
import-named = { $names } nama
import-proving = membacanya kembali …
import-tiles = petak peta …
import-tiles-so-far = { $tiles } petak peta …
import-tiles-made = { $tiles } petak peta, { $megabytes } MB

## discrepancy

discrepancy-recording = rekaman { $leg }: kurang { $missing } dari { $seconds } dtk ({ $why })
discrepancy-foreign-order = jawaban atas perintah dari jurnal lain ({ $order }), atau dari keadaan jurnal kita yang hilang
discrepancy-entry-unreadable = entri { $seq } tidak dapat dibaca: { $detail }
discrepancy-report-not-usable = laporan tidak dapat dipakai: { $detail }
discrepancy-our-fault = kesalahan pada program kami, beri tahu pembuatnya: { $where }: { $detail }
discrepancy-aml-other-number = pesan dari telepon panggilan ini (IMEI) menyebut nomor lain, { $number }; tidak dipakai di sini
discrepancy-aml-without-place = telepon mengirim pesan tanpa posisi
discrepancy-aml-other-phone = pesan dengan nomor panggilan ini datang dari telepon lain (IMEI); tempatnya diragukan
discrepancy-report-too-old = laporan { $unit } berkata umurnya { $seconds } dtk; dianggap setua yang mungkin
discrepancy-status-overtaken = { $unit } disetel '{ $status }' { $seconds } dtk lalu, sebelum disetel '{ $stays }'; yang terakhir tetap
discrepancy-reports-missing = { $count } laporan sentral telepon tidak pernah sampai: { $numbers } dari boot { $boot }
discrepancy-call-twice = panggilan diterima dua kali
discrepancy-call-not-open = akhir dari panggilan yang tidak terbuka
discrepancy-other-user = { $user } masuk lewat telepon ke posisi { $position } milik { $owner }
discrepancy-aml = pesan telepon { $message }: { $detail }
discrepancy-server-not-listed = { $host } tidak ditanyai tempat penelepon; tuliskan di location_servers di siaga.toml
discrepancy-aml-network = pesan telepon dari { $address } tidak diterima; tuliskan jaringannya di aml_from
discrepancy-aml-signature = pesan telepon dari { $address } tidak bertanda tangan sah dan tidak dipakai
discrepancy-vehicle-data = data kendaraan tidak dapat dipakai: { $detail }
discrepancy-in-message = sesuatu dalam pesan itu tidak dapat dipakai: { $detail }
discrepancy-not-heard = panggilan ini tidak terdengar: suaranya datang dari { $address }, sedangkan pensinyalannya menyebut { $named }; bila { $address } adalah gerbang suara trunk, tulis jaringannya di samping jaringan trunk di 'sip_trunks', disambung dengan +; sampai saat itu minta penelepon menelepon lagi atau telepon balik
discrepancy-strange-sound = { $packets } paket dari { $address } tidak dimasukkan ke suara panggilan ini, yang pensinyalannya menyebut { $named }; bila operatornya berkata { $address } bukan miliknya, blokir di firewall
discrepancy-line-undelivered = baris tertulis tidak sampai ke penelepon: { $detail }; katakan atau telepon balik
discrepancy-report-too-long = { $event } sepanjang { $bytes } bita tidak disampaikan
discrepancy-not-dialled = { $uri } tidak dapat dihubungi: { $detail }; betulkan kontaknya, atau 'alternate_centre'
discrepancy-room-unread = ruang kendali mengirim sesuatu yang tidak dapat dibaca sentral telepon ini ({ $detail }); samakan versi keduanya
discrepancy-report-unread = laporan yang tidak dapat dibaca ruang kendali ini ({ $detail }); samakan versi ruang kendali dan sentral telepon
discrepancy-line-unread = sebaris darinya: { $detail }
discrepancy-not-answered = panggilan { $call } tidak dapat dijawab: { $detail }; lebarkan rtp_ports, atau periksa disknya
discrepancy-no-tls-file = tidak ada SIP lewat TLS: { $file } tidak ada; taruh di sana dan mulai lagi sentral telepon, atau kosongkan 'sip_tls'
discrepancy-no-tls = tidak ada SIP lewat TLS: { $why }; periksa juga berkas di { $folder }
discrepancy-no-tones = suara tidak dapat dibuat di { $folder }: { $detail }; jalankan deploy/setup.sh
discrepancy-fewer-calls = sentral telepon menerima { $calls } panggilan sekaligus, bukan { $most }: dibatasi oleh { $limit }
discrepancy-no-words = tidak ada pengumuman: { $detail }; jalankan deploy/setup.sh
discrepancy-step-not-drawn = kesalahan pada program kami, beri tahu pembuatnya: langkah { $step } oleh { $event } tidak ada di tabel

## alert-why (to whom it is told: yours; to us: ours)

alert-why-across-yours = di wilayah Anda
alert-why-across-ours = di wilayah kita
alert-why-unsure-yours = penelepon dapat berada di kedua sisi batas
alert-why-unsure-ours = penelepon dapat berada di kedua sisi batas
alert-why-near-yours = { DISTANCE($metres) } dari batas wilayah Anda
alert-why-near-ours = { DISTANCE($metres) } dari batas wilayah kita
alert-why-asked-yours = unit Anda diminta
alert-why-asked-ours = unit kita diminta
alert-why-told = tanpa alasan

## shield (why a call is suspected, or not)

shield-prank = { $count } kali dinilai iseng oleh petugas, terakhir { $last }
shield-ghost = { $count } kali dinilai tanpa suara oleh petugas, terakhir { $last }
shield-brief = { $count } panggilan sangat singkat dalam 24 jam
shield-repeated = { $count } panggilan lain dalam satu jam
shield-silent = { $count } panggilan tanpa suara dalam seminggu
shield-spared-ecall = tidak dicurigai: panggilan darurat dari kendaraan
shield-spared-pressed = tidak dicurigai: penelepon menekan 5
shield-spared-called-back = tidak dicurigai: sambungannya putus di pihak kami
shield-spared-located = tidak dicurigai: lokasinya baru dan tepat
shield-spared-emergency = tidak dicurigai: melaporkan keadaan darurat { $last }
shield-spared-pressed-before = tidak dicurigai: pernah menekan 5 saat diminta
ago-days = { $count } hari lalu
ago-hours = { $count } jam lalu
ago-minutes = { $count } menit lalu
ago-just-now = baru saja

## place-why (why a place of a caller is the best one)

place-why-source = { $source }, ± { $radius } m (95 %)
place-why-source-method = { $source } ({ $method }), ± { $radius } m (95 %)
place-why-other-source = { $place }; sebelumnya { $before }
place-why-plausible = { $place }; yang sebelumnya tidak masuk akal
place-why-newer = { $place }; { $seconds } detik lebih baru
place-why-more-precise = { $place }; lebih teliti
place-why-verified = diverifikasi { $by }
place-from-device = telepon penelepon
place-from-stated = kata penelepon
place-from-network = jaringan
place-from-subscriber = alamat pelanggan
place-from-cell = sel radio
place-from-registered = alamat terdaftar

## place-doubt (of an incident)

place-doubt-theirs = Lokasi di wilayah { $centre }, { DISTANCE($metres) } dari { $border }. Pastikan; unit dapat dikirim.
place-doubt-theirs-at-sea = Lokasi di wilayah { $centre }, di laut, { DISTANCE($metres) } dari { $border }. Pastikan; unit dapat dikirim.
place-doubt-outside = Lokasi di luar semua batas wilayah, { DISTANCE($metres) } dari { $border }. Pastikan; unit dapat dikirim.
place-doubt-outside-at-sea = Lokasi di luar semua batas wilayah, di laut, { DISTANCE($metres) } dari { $border }. Pastikan; unit dapat dikirim.

## turn (into a street, for a crew)

turn-head = Ke arah { $way } di { $street }
turn-straight = Lurus ke { $street }
turn-bear-right = Serong kanan ke { $street }
turn-bear-left = Serong kiri ke { $street }
turn-turn-right = Belok kanan ke { $street }
turn-turn-left = Belok kiri ke { $street }
turn-back = Putar balik ke { $street }
street-unnamed = jalan tanpa nama

## ended_by

ended_by-caller = penelepon
ended_by-centre = pusat
ended_by-failure = gangguan

## do

do-connect = sambungkan
do-ring = deringkan telepon
do-hangup = tutup panggilan
do-mode = ubah sambungan
do-leave = keluarkan posisi
do-dial = panggil pihak lain
do-place = telepon keluar
do-play = putar suara
do-dtmf = kirim tombol
do-text = kirim tulisan
do-msd = minta data kendaraan
do-inform = kirim INFO

## mode

mode-dialling = memanggil…
mode-talk = bicara
mode-muted = tidak bersuara
mode-listen = mendengar saja
mode-whisper = berbisik ke operator
mode-held = ditahan

## via

via-rtt = teks langsung
via-message = pesan
via-link = tautan

## why (something came to an end, or did not come to pass; in the middle of a sentence)

why-line-broke = sambungan putus di pihak kami
why-not-answered = berakhir sebelum dijawab
why-reached-us-again = penelepon sudah menghubungi lagi
why-day-passed = sudah lewat sehari
why-signed-on-again = masuk lagi
why-signed-off = selesai bertugas
why-rights-ended = haknya berakhir
why-call-ended = panggilan sudah berakhir
why-not-placed = tidak jadi ditelepon
why-not-dialled = tidak ditelepon
why-not-dialable = tidak dapat ditelepon ({ $detail })
why-not-answerable = tidak dapat dijawab ({ $detail })
why-by-centre = diakhiri pusat
why-switch-lost-it = sentral telepon tidak memilikinya lagi
why-no-such-call = panggilan itu tidak ada di sentral telepon
why-no-such-party = pihak itu tidak ada dalam panggilan itu
why-no-audio = posisi itu tidak punya audio di sini
why-audio-gone = audio posisi itu hilang
why-elsewhere = posisi itu sedang dalam panggilan lain
why-nobody-left = tidak ada lagi yang bersama penelepon
why-newer-order = digantikan perintah yang lebih baru
why-too-late = perintahnya datang terlambat
why-unknown-order = perintah '{ $order }' tidak dikenal
why-no-such-mode = mode '{ $mode }' tidak ada dalam panggilan
why-other-version = sentral telepon ini tidak mengerti perintahnya; samakan versi sentral telepon dan ruang kendali
why-not-connected = penelepon tidak tersambung
why-not-connected-yet = penelepon belum tersambung
why-line-not-connected = saluran itu tidak tersambung
why-vehicle-not-connected = kendaraan tidak tersambung
why-still-heard = suaranya masih masuk
why-no-line-written = tidak ada tulisan selama { DURATION($seconds) }
why-no-ack = tanpa ACK dalam { $seconds } dtk sesudah jawaban kami
why-silent-no-such-call = tanpa suara { $seconds } dtk, dan ketika ditanya jaringannya menjawab { $code }: panggilan itu tidak ada
why-silent-no-answer = tanpa suara { $seconds } dtk, dan tidak menjawab ketika ditanya { $times } kali
why-trunk-silent = tidak menjawab
why-trunk-503 = menjawab 503
why-disk-silent = disk tidak menjawab dan tidak ada lagi yang tertulis; periksa disk
why-disk-full = disk penuh; kosongkan ruang
why-disk-wrong = disk menjawab: { $detail }; periksa disk
why-nothing-written = tidak ada lagi yang tertulis; periksa disk
why-no-file = berkas tidak dapat dibuat: { $detail }; periksa disk
why-less-written = yang tertulis kurang dari yang diucapkan; periksa disk
why-switch-cut = sentral telepon berhenti di tengahnya
why-no-gateway = saluran { $channel } belum diatur
why-gateway-number = gerbang { $number } untuk { $channel } tidak dapat memakai nomor ini
why-gateway-refused = gerbang { $number } untuk { $channel } tidak menerimanya
why-gateway-failed = gerbangnya gagal ({ $detail })
why-gateway-silent = gerbangnya tidak menjawab pada waktunya
why-centre-no-url = { $centre } tidak punya url di centres.csv
why-centre-no-token = tidak ada token untuk { $centre } di { $file }
why-centre-not-reached = { $centre } tidak dapat dihubungi ({ $detail })
why-centre-answered = { $centre } menjawab { $code }
why-centre-said = { $centre } menjawab { $code }: { $said }
why-alert-not-arriving = pemberitahuan tidak sampai
why-alert-has-no-way = tidak ada saluran
why-ecall = panggilan kendaraan
why-pressed = penelepon menekan 5
why-called_back = tadi menunggu sia-sia atau terputus
why-across = di wilayah mereka
why-unsure = penelepon dapat berada di kedua sisi batas
why-near = dekat batas
why-asked = meminta unit mereka

## sip (an answer of another line)

sip-other = { $answer }
sip-200 = menutup telepon
sip-403 = ditolak
sip-404 = nomor tidak ada
sip-408 = tidak menjawab
sip-480 = tidak dapat dihubungi
sip-486 = sedang sibuk
sip-487 = tidak menjawab
sip-488 = suaranya tidak cocok
sip-500 = gangguan di sana
sip-503 = saluran tidak tersedia
sip-600 = sedang sibuk
sip-603 = menolak

## answer

answer-send = mengirim unit
answer-take = mengambil alih
answer-keep = tetap ditangani pengirim
answer-not_ours = bukan wilayahnya

## alert_state

alert_state-open = terbuka
alert_state-withdrawn = dicabut
alert_state-closed = ditutup

## place_kind

place_kind-airport = bandara
place_kind-bank = bank
place_kind-beach = pantai
place_kind-church = gereja
place_kind-clinic = puskesmas
place_kind-food = tempat makan
place_kind-fuel = SPBU
place_kind-government = kantor
place_kind-harbour = pelabuhan
place_kind-hospital = rumah sakit
place_kind-hotel = hotel
place_kind-island = pulau
place_kind-km = pal kilometer
place_kind-landmark = penanda
place_kind-market = pasar
place_kind-mosque = masjid
place_kind-park = taman
place_kind-quarter = kampung
place_kind-school = sekolah
place_kind-shop = toko
place_kind-sport = olahraga
place_kind-temple = vihara
place_kind-transport = terminal
place_kind-street = jalan
place_kind-crossing = simpang
place_kind-coordinates = koordinat
place_kind-pluscode = Plus Code
place_kind-alias = nama setempat
place_kind-learnt = nama belum dipastikan
place_kind-water = perairan

## spot (where a point is, for somebody who writes an address)

spot-words = { $parts }
spot-street-near = { $street } dekat { $post }
spot-village = kel. { $name }
spot-from = { DISTANCE($metres) } dari { $name }

## layer

layer-units = Unit
layer-resting = Unit tidak bertugas
layer-calls = Panggilan dan kejadian
layer-cameras = Kamera
layer-closures = Penutupan
layer-coverage = Cakupan
layer-places = Pos dan tempat
layer-incidents = Kejadian
layer-names = Nama

## cover

cover-by = Oleh
cover-all = Seluruh kota { $n } (rencana { $plan }).
cover-means = Sebesar itu peluang panggilan dicapai dalam { $m } menit; { $idle } dari { $duty } unit siap. Harga cakupan pada usulan dihitung dari angka ini.
cover-old = Jalan baru berubah; sedang dihitung ulang.
cover-waiting = Cakupan sedang dihitung…
cover-area = Wilayah
cover-now = Kini
cover-plan = Rencana
cover-good = 90 % ke atas
cover-fair = 70–89 %
cover-poor = 40–69 %
cover-bare = di bawah 40 %

## closing

closing-draw = Bentuk
closing-line = Garis
closing-area = Wilayah
closing-point = Titik
closing-name = Jalan, simpang atau tempat
closing-or_name = atau cari namanya
closing-part = hanya { $m } m dari titik ini ke dua arah
closing-how = { $shape ->
    [line] Klik di peta: garis di atas jalan.
    [point] Klik di peta: titik di atas jalan.
   *[area] Klik di peta: wilayah di atas jalan.
}
closing-more = { $shape ->
    [line] Lanjutkan: garis itu belum lengkap.
    [point] Lanjutkan: titik itu belum lengkap.
   *[area] Lanjutkan: wilayah itu belum lengkap.
}
closing-nothing = Tidak ada jalan di bawahnya; geser gambarnya ke atas jalan.
closing-stops = Menutup { $n } ruas: { $streets }.
closing-unnamed = jalan tanpa nama
closing-undo = Urungkan
closing-why = Alasan
closing-until = Sampai
closing-hour = 1 jam ({ $time })
closing-evening = s/d { $time }
closing-lifted = Sampai dibuka
closing-cars = sepeda motor boleh lewat
closing-do = Tutup jalan ini
closing-label = { $what } · s/d { $time }
closing-label_lifted = { $what } · sampai dibuka
closing-none = Tidak ada jalan yang ditutup.
closing-pieces = { $n } ruas
closing-lift = Buka
closing-show = Tunjukkan
closing-why-flood = Banjir
closing-why-tree = Pohon tumbang
closing-why-fire = Kebakaran
closing-why-crash = Kecelakaan
closing-why-event = Acara atau pasar
closing-why-works = Perbaikan jalan

## weather

weather-rain = Hujan
weather-tide = Tinggi air
weather-metres = { $m } m
weather-unknown = tidak diketahui
weather-from-hand = dari petugas
weather-from-table = tabel pasang
weather-set_tide = Tinggi air (meter)
weather-set = Pakai
weather-back = Kembali ke tabel, tanpa hujan
weather-until = Menurut { $by }, berlaku sampai { $time }

## list

list-to = Ke { $incident }
list-to_place = Ke lokasi
list-seen = Posisi
list-straight = { DISTANCE($metres) } garis lurus
list-ago = { $age } lalu
list-now = baru saja
list-station = di pos, belum terlihat
list-since = Sejak
list-off = { DISTANCE($metres) } dari sini
list-nobody = belum ada
list-units = { $units }
list-away = Jarak
list-looks = Arah
list-elsewhere = ke arah lain
list-no_map = Peta tidak dapat digambar di komputer ini.
list-no_map_do = Daftar ini menggantikannya; muat ulang halaman untuk mencoba lagi.

## names

names-how = Nama yang ditambahkan di sini. Yang belum dipastikan dipelajari dari klik di peta.
names-none = Belum ada nama yang ditambahkan.
names-confirm = Pastikan
names-remove = Hapus: { $name }

## draft

draft-for = untuk { $name }
draft-own = tanpa panggilan
draft-alert = pusat tetangga
draft-since = dimulai { $at }
draft-ended = berakhir { $ago } lalu
draft-in_hand = sedang berbicara dengan Anda
draft-with = pada { $user }
draft-kind-form = Kejadian baru
draft-kind-note = Catatan
draft-kind-answer = Jawaban tertulis
draft-aside = Sisihkan
draft-discard = Buang
draft-gone = Dibuang: { $name }
draft-undo = Urungkan
draft-stranger = Formulir ini bukan untuk { $name }, yang sedang berbicara dengan Anda.
draft-theirs = Formulirnya
draft-addition = Tambahan untuk { $incident }
draft-add = Tambahkan ke { $incident }
draft-kept = Tersimpan di ruang kendali { $at }
draft-from_room = Dilanjutkan dari yang tersimpan
draft-keeping = Menyimpan…
draft-not_kept = Belum tersimpan di ruang kendali; ada di layar ini dan dicoba terus.

## duration, distance, clock (made by DURATION, DISTANCE and CLOCK)

duration-hours = { $h } jam { $m } mnt
duration-minutes = { $m } mnt
duration-both = { $m } mnt { $s } dtk
duration-seconds = { $s } dtk
distance-metres = { $m } m
distance-kilometres = { NUMBER($km, minimumFractionDigits: 1) } km
clock-hour = { $h }.{ $m }
