/**
 * What Android and Google's own pages write on their buttons, in the languages we know for sure; Android 6 to 16. Several
 * spellings of one language are versions or makers. Compared whatever their case: some phones write buttons in capitals.
 */
const list = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' | '));

export const allow = list(
  'Allow | Autoriser | Zulassen | Permitir | Consenti | Разрешить | 許可 | 許可する | 허용 | 允许 | 始终允许 | 允許',
  'السماح | İzin ver | Izinkan | Benarkan | Cho phép | อนุญาต | Zezwól | Toestaan | Дозволити',
  'अनुमति दें | Permite | Permiteți | Povolit | Tillåt | Tillad | Tillat | Salli | Engedélyezés',
  'Να επιτρέπεται | אישור',
);

export const allowAll = list(
  'Allow all | Tout autoriser | Alle zulassen | Permitir todo | Permitir tudo | Permitir todos',
  'Consenti tutto | Разрешить все | Разрешить доступ ко всем | すべて許可 | 모두 허용 | 全部允许 | 始终允许访问全部 | 全部允許',
  'السماح بالكل | Tümüne izin ver | Izinkan semua | Benarkan semua | Cho phép tất cả | อนุญาตทั้งหมด',
  'Zezwól na wszystko | Alles toestaan | Дозволити всі | Autoriser tout | Allow all the time',
  'Toujours autoriser | Immer zulassen | Permitir siempre | Permitir todo el tiempo',
  'Permitir o tempo todo',
);

export const whileUsing = list(
  'While using the app | Allow only while using the app | Allow only while in use | While in use',
  "Only while using the app | Lorsque vous utilisez l'application | Lorsque vous utilisez l'appli",
  "Pendant l'utilisation de l'application | Pendant l'utilisation de l'appli",
  "Autoriser seulement si l'appli est en cours d'utilisation",
  "Uniquement si l'appli est en cours d'utilisation | Lors de l'utilisation de l'application",
  'Bei Nutzung der App | Während der Nutzung der App | Beim Verwenden der App',
  'Nur während der Nutzung der App zulassen | Mientras se usa la aplicación',
  'Mientras la app está en uso | Mientras usas la app | Al usar la aplicación',
  'Permitir solo con la app en uso | Permitir solo mientras se usa la aplicación',
  'Mientras se usa la app | Durante o uso do app | Ao usar a app | Ao usar o app',
  "Durante a utilização da app | Enquanto a app estiver a ser utilizada | Mentre usi l'app",
  "Durante l'utilizzo dell'app | Durante l'uso dell'app | Quando l'app è in uso",
  'При использовании приложения | Во время использования приложения',
  'Только во время использования приложения | アプリの使用時のみ | アプリの使用中のみ許可 | アプリの使用時 | このアプリの使用時のみ',
  '앱 사용 중에만 허용 | 앱 사용 중에만 | 앱을 사용하는 동안에만 허용 | 使用时允许 | 仅在使用该应用时允许 | 仅在使用中允许 | 仅使用期间允许 | 使用应用时',
  '仅在使用应用时允许 | 在使用中运行 | 使用應用程式時 | 僅限使用應用程式時 | 使用這個應用程式時 | 僅在使用應用程式時允許 | أثناء استخدام التطبيق',
  'Uygulamayı kullanırken | Uygulama kullanılırken | Saat menggunakan aplikasi',
  'Saat aplikasi digunakan | Saat aplikasi sedang digunakan | Semasa menggunakan apl',
  'Khi dùng ứng dụng | Trong khi dùng ứng dụng | Khi sử dụng ứng dụng | ขณะใช้แอป | ขณะใช้งานแอป',
  'Podczas używania aplikacji | Tijdens gebruik van de app | Bij gebruik van de app',
  'Під час використання додатка | ऐप्लिकेशन का इस्तेमाल करते समय | Când este folosită aplicația',
  'Při používání aplikace | När appen används',
);

export const onlyOnce = list(
  'Only this time | Ask every time | Cette fois-ci uniquement | Uniquement cette fois-ci',
  'Cette fois uniquement | Uniquement cette fois | Seulement cette fois | Nur dieses Mal | Nur diesmal',
  'Solo esta vez | Sólo esta vez | Apenas esta vez | Só desta vez | Apenas desta vez',
  'Somente desta vez | Solo questa volta | Только в этот раз | Только сейчас | 今回のみ | 이번만 허용 | 이번에만 허용',
  '이번만 | 仅限这一次 | 仅限此次 | 仅此一次 | 本次使用允许 | 仅本次允许 | 僅限這次 | 只限這次 | هذه المرة فقط | Yalnızca bu defa',
  'Yalnızca bu sefer | Hanya kali ini | Kali ini sahaja | Chỉ lần này | เฉพาะครั้งนี้ | Tylko tym razem',
  'Alleen deze keer | Лише цього разу | सिर्फ़ इस बार | Doar de data aceasta | Pouze tentokrát',
  'Endast denna gång',
);

export const allowLimited = list(
  'Allow limited access | Select photos and videos | Select photos | Allow access to selected photos',
  "Autoriser un accès limité | Autoriser l'accès limité | Sélectionner des photos et des vidéos",
  'Sélectionner des photos et vidéos | Eingeschränkten Zugriff zulassen | Begrenzten Zugriff erlauben',
  'Fotos und Videos auswählen | Permitir acceso limitado | Seleccionar fotos y vídeos',
  'Seleccionar fotos y videos | Permitir acesso limitado | Selecionar fotos e vídeos',
  'Consenti accesso limitato | Seleziona foto e video | Разрешить ограниченный доступ',
  'Разрешить частичный доступ | Выбрать фото и видео | 制限付きアクセスを許可 | アクセスを制限 | 写真と動画を選択 | 제한된 액세스 허용',
  '제한적 액세스 허용 | 사진 및 동영상 선택 | 允许访问部分照片和视频 | 允许有限访问 | 选择照片和视频 | 允許有限存取權 | 選取相片和影片 | السماح بوصول محدود',
  'اختيار الصور والفيديوهات | Sınırlı erişime izin ver | Fotoğrafları ve videoları seç',
  'Izinkan akses terbatas | Pilih foto dan video | Cho phép truy cập có giới hạn | Chọn ảnh và video',
  'อนุญาตให้เข้าถึงแบบจำกัด | เลือกรูปภาพและวิดีโอ | Zezwól na ograniczony dostęp',
  "Wybierz zdjęcia i filmy | Beperkte toegang toestaan | Foto's en video's selecteren",
);

export const deny = list(
  "Don't allow | Deny | Deny & don't ask again | Deny anyway | Don't allow anyway | Ne pas autoriser",
  'Refuser | Refuser et ne plus demander | Nicht zulassen | Ablehnen | Ablehnen und nicht mehr fragen',
  'No permitir | Denegar | Rechazar | Não permitir | Negar | Recusar | Non consentire | Rifiuta',
  'Запретить | Не разрешать | Отклонить | 許可しない | 허용 안함 | 허용 안 함 | 거부 | 不允许 | 拒绝 | 禁止 | 不允許 | 拒絕',
  'عدم السماح | رفض | İzin verme | Reddet | Jangan izinkan | Tolak | Jangan benarkan | Nafikan',
  'Không cho phép | Từ chối | ไม่อนุญาต | ปฏิเสธ | Nie zezwalaj | Odmów | Niet toestaan | Weigeren',
  'Не дозволяти | Заборонити | अनुमति न दें | Nu permite | Nu permiteți | Nepovolovat | Tillåt inte',
  'Tillad ikke | Ikke tillat | Älä salli | Tiltás | Να μην επιτρέπεται | אני לא מאשר',
);

export const cancel = list(
  'Cancel | Annuler | Abbrechen | Cancelar | Annulla | Отмена | Отменить | キャンセル | 취소 | 取消 | إلغاء',
  'İptal | Batal | Hủy | Huỷ | ยกเลิก | Anuluj | Annuleren | Скасувати | रद्द करें',
);

export const tryAgain = list(
  'Try again | Retry | Réessayer | Erneut versuchen | Wiederholen | Noch einmal versuchen | Reintentar',
  'Volver a intentar | Volver a intentarlo | Intentar de nuevo | Tentar novamente | Tentar de novo',
  'Riprova | Повторить | Повторить попытку | Попробовать снова | 再試行 | もう一度試す | 다시 시도 | 재시도 | 重试 | 再试一次',
  '重試 | 再試一次 | إعادة المحاولة | Tekrar dene | Yeniden dene | Coba lagi | Cuba lagi | Thử lại',
  'ลองอีกครั้ง | ลองใหม่ | Spróbuj ponownie | Opnieuw proberen | Повторити',
);

export const open = list(
  'Open | Ouvrir | Öffnen | Abrir | Apri | Открыть | 開く | 열기 | 打开 | 開啟 | فتح | Aç | Buka | Mở | เปิด',
  'Otwórz | Openen | Відкрити | खोलें | Play | Jouer | Jugar | Jogar | Spielen',
);

export const install = list(
  'Install | Installer | Installieren | Instalar | Installa | Установить | インストール | 설치 | 安装 | 安裝',
  'تثبيت | Yükle | Instal | Pasang | Cài đặt | ติดตั้ง | Zainstaluj | Installeren | Встановити',
  'इंस्टॉल करें',
);

export const update = list(
  'Update | Mettre à jour | Aktualisieren | Actualizar | Atualizar | Aggiorna | Обновить | 更新 | 업데이트',
  'تحديث | Güncelle | Cập nhật | อัปเดต | Aktualizuj | Bijwerken | Оновити | अपडेट करें',
);

export const uninstall = list(
  'Uninstall | Désinstaller | Deinstallieren | Desinstalar | Disinstalla | Удалить | アンインストール | 제거 | 卸载',
  '解除安裝 | إلغاء التثبيت | Kaldır | Uninstal | Nyahpasang | Gỡ cài đặt | ถอนการติดตั้ง | Odinstaluj',
  'Verwijderen | Видалити',
);

/** How what stands under the name of an app that is on its way begins: "Pending…", "Installing…". */
export const downloading = list(
  'Pending | Downloading | Installing | Waiting for | Waiting to | En attente | Téléchargement',
  'Installation | Ausstehend | Wird heruntergeladen | Wird installiert | Pendiente | Descargando',
  'Instalando | Pendente | Fazendo download | Fazendo o download | A transferir | A instalar',
  'In attesa | Download in corso | Installazione | Ожидание | Скачивание | Установка | 保留中 | ダウンロード中',
  'インストール中 | 대기 중 | 다운로드 중 | 설치 중 | 等待 | 正在下载 | 正在安装 | 待处理 | 處理中 | 下載中 | 安裝中 | في الانتظار | جارٍ',
  'Bekliyor | İndiriliyor | Yükleniyor | Menunggu | Mendownload | Mengunduh | Menginstal | Đang chờ',
  'Đang tải | Đang cài | กำลังดาวน์โหลด | กำลังติดตั้ง | Oczekuj | Pobieranie | Instalowanie',
);

export const accept = list(
  "Accept | I agree | Agree | Agree and continue | Accepter | J'accepte | Akzeptieren | Zustimmen",
  'Annehmen | Ich stimme zu | Aceptar | Acepto | Aceitar | Aceito | Concordo | Accetta | Accetto',
  'Принять | Принимаю | 同意する | 同意 | 동의 | 동의함 | 接受 | قبول | أوافق | Kabul et | Kabul ediyorum | Terima',
  'Setuju | Chấp nhận | Đồng ý | ยอมรับ | Akceptuję | Accepteren | Akkoord | Прийняти',
);

export const decline = list(
  'Decline | Disagree | No thanks | No, thanks | Refuser | Non merci | Ablehnen | Nein danke | Rechazar',
  'No, gracias | No acepto | Recusar | Não, obrigado | Rifiuta | No, grazie | Отклонить | Нет, спасибо',
  '同意しない | 拒否 | 거부 | 동의하지 않음 | 拒绝 | 不同意 | 拒絕 | رفض | Reddet | Tolak | Từ chối | ปฏิเสธ | Odrzuć',
  'Nie, dziękuję | Weigeren | Відхилити',
);

/** Held by the sentences of Google Play's terms. */
export const terms = list(
  "Terms of Service | Play Terms | Conditions d'utilisation | Conditions générales",
  'Nutzungsbedingungen | Condiciones del Servicio | Términos del Servicio | Términos de Servicio',
  'Termos de Serviço | Termos de Utilização | Termini di servizio | Условия использования | 利用規約',
  '서비스 약관 | 服务条款 | 服務條款 | بنود الخدمة | شروط الخدمة | Hizmet Şartları | Persyaratan Layanan',
  'Điều khoản dịch vụ | ข้อกำหนดในการให้บริการ | Warunki korzystania | Servicevoorwaarden',
  'Умови використання',
);

/** Held by the sentences of pages that say that something did not work. */
export const trouble = list(
  'server error | something went wrong | error retrieving | error checking | error processing',
  "couldn't sign | couldn't connect | couldn't load | couldn't reach | can't sign | can't connect",
  "can't load | can't reach | there was a problem | no connection | no internet | you're offline",
  "check your connection | check your internet | timed out | isn't available | erreur",
  'un problème est survenu | impossible de | hors connexion | fehler | etwas ist schiefgelaufen',
  'ein problem ist aufgetreten | keine verbindung | keine internetverbindung | se produjo un error',
  'se ha producido | algo salió mal | sin conexión | hubo un problema | algo deu errado',
  'ocorreu um erro | sem conexão | si è verificato | qualcosa è andato | nessuna connessione | ошибка',
  'что-то пошло не так | нет подключения | нет соединения | エラー | 問題が発生 | 오류 | 문제가 발생 | 错误 | 出了点问题',
  '出现问题 | 没有网络 | 錯誤 | 發生問題 | خطأ | bir hata | bir sorun | bağlantı yok | terjadi error',
  'terjadi kesalahan | tidak ada koneksi | lỗi máy chủ | đã xảy ra | không có kết nối | ข้อผิดพลาด',
  'มีบางอย่างผิดพลาด | błąd | coś poszło nie tak | er is iets | помилка',
);

export const searchApps = list(
  'Search apps | Search apps, web and more | Search your phone and more | Search | Finder search',
  'Rechercher des applications | Rechercher une application | Rechercher dans les applis | Apps suchen',
  'In Apps suchen | Buscar aplicaciones | Buscar apps | Pesquisar apps | Pesquisar aplicações',
  'Cerca app | Поиск приложений | アプリを検索 | 앱 검색 | 搜索应用 | 搜尋應用程式 | البحث في التطبيقات',
  'Uygulamalarda ara | Uygulama ara | Telusuri aplikasi | Cari aplikasi | Tìm kiếm ứng dụng | ค้นหาแอป',
  'Szukaj aplikacji | Apps zoeken',
);

export const signIn = list(
  'Sign in | Use your Google Account | Connexion | Se connecter | Utiliser votre compte Google',
  'Utilisez votre compte Google | Anmelden | Anmeldung | Iniciar sesión | Inicia sesión | Acceder',
  'Fazer login | Iniciar sessão | Accedi | Вход | Войти | ログイン | 로그인 | 登录 | 登入 | تسجيل الدخول',
  'Oturum açın | Oturum aç | Login | Masuk | Đăng nhập | ลงชื่อเข้าใช้ | Zaloguj się | Logowanie',
  'Inloggen | Вхід | Увійти',
);

export const emailOrPhone = list(
  'Email or phone | Forgot email? | Create account | Adresse e-mail ou téléphone',
  'Adresse e-mail ou numéro de téléphone | Adresse e-mail oubliée ? | Créer un compte',
  'E-Mail oder Telefonnummer | E-Mail-Adresse oder Telefonnummer | E-Mail-Adresse vergessen?',
  'Konto erstellen | Correo electrónico o teléfono | Crear cuenta | E-mail ou telefone | Criar conta',
  'Indirizzo email o numero di telefono | Crea un account | Телефон или адрес эл. почты',
  'Создать аккаунт | メールアドレスまたは電話番号 | アカウントを作成 | 이메일 또는 휴대전화 | 계정 만들기 | 电子邮件地址或电话号码 | 创建账号',
  'E-posta veya telefon | Hesap oluştur | Email atau nomor telepon | Buat akun',
  'Email hoặc số điện thoại | Tạo tài khoản',
);

/** Held by what asks to choose or confirm an account, a password or a passkey. */
export const chooseAccount = list(
  'choose an account | choose a saved sign-in | use saved | use your saved | sign in with google',
  'sign in to  | sign in as | continue as | use passkey | use your passkey | create a passkey',
  'save password | sign-in options | saved password | to continue to | choisir un compte',
  'choisissez un compte | sélectionnez un compte | utiliser la clé | konto auswählen',
  'gespeicherte anmelde | elige una cuenta | selecciona una cuenta | seleccionar una cuenta',
  'escolha uma conta | escolher uma conta | scegli un account | выберите аккаунт | アカウントの選択 | アカウントを選択',
  '계정 선택 | 选择账号 | 选择帐号 | 選擇帳戶 | اختيار حساب | hesap seçin | pilih akun | chọn tài khoản',
  'chọn một tài khoản | เลือกบัญชี',
);

/** What a permission dialog is about, by words of its sentence; in those of Android 6 to 16. The first that fits tells. */
export const permissionKinds: readonly (readonly [kind: string, words: readonly string[]])[] = [
  [
    'notifications',
    list(
      'notification | benachrichtigung | notificacion | notificaç | notifich | уведомлен | 通知 | 알림 | إشعار',
      'bildirim | notifikasi | pemberitahuan | thông báo | การแจ้งเตือน | powiadom | melding | сповіщен',
    ),
  ],
  [
    'contacts',
    list(
      'contact | kontakt | contatti | contatos | контакт | 連絡先 | 연락처 | 通讯录 | 联系人 | 聯絡人 | جهات الاتصال',
      'kişiler | danh bạ | ผู้ติดต่อ | kenalan | kontak',
    ),
  ],
  [
    'location',
    list(
      'location | la position | votre position | standort | ubicación | localização | posizione',
      'местоположен | геоданн | 位置 | 위치 | الموقع | konum | lokasi | vị trí | ตำแหน่ง | lokalizac | locatie',
    ),
  ],
  [
    'camera',
    list(
      'take pictures | camera | prendre des photos | aufnehmen von fotos | fotos und videos aufn',
      'bilder und videos aufn | tomar fotos | hacer fotos | sacar fotos | tome fotos | haga fotos',
      'saque fotos | cámara | tirar fotos | tire fotos | tirar fotografias | câmera | scattare foto',
      'снимать | 撮影 | 촬영 | 拍摄 | 拍照 | 相机 | 拍攝 | التقاط | fotoğraf çek | resim çek | mengambil gambar',
      "memotret | chụp ảnh | ถ่ายภาพ | ถ่ายรูป | robienie zdjęć | foto's maken",
    ),
  ],
  [
    'audio',
    list(
      "record audio | microphone | enregistrer de l'audio | enregistrer des contenus audio",
      'enregistrer du son | enregistrer du contenu audio | audio aufn | audioaufnahmen | mikrofon',
      'grabar audio | grabe audio | grabar sonido | micrófono | gravar áudio | grave áudio | microfone',
      'registrare audio | записывать аудио | микрофон | 録音 | マイク | 오디오를 녹음 | 녹음 | 录制音频 | 录音 | 麦克风 | 錄音 | 錄製',
      'تسجيل الصوت | ses kayd | merekam audio | merekam suara | ghi âm | บันทึกเสียง | nagrywanie dźwięku',
      'audio opnemen',
    ),
  ],
  [
    'audio-files',
    list(
      'music and audio | musique | musik | música | musica | музык | 音楽 | 음악 | 音乐 | 音樂 | müzik | âm nhạc',
      'เพลง',
    ),
  ],
  [
    'photos',
    list(
      'photo | foto | video | vidéo | vídeo | image | снимк | фото | 写真 | 사진 | 照片 | 相片 | صور | gambar',
      ' ảnh | รูปภาพ | zdję',
    ),
  ],
  [
    'storage',
    list(
      'file | storage | media | fichier | datei | archivo | arquivo | ficheiro | файл | ファイル | 파일 | 文件 | 檔案',
      'ملفات | dosya | berkas |  tệp | ไฟล์ | plik | bestand',
    ),
  ],
  [
    'phone',
    list(
      'phone calls | appels | anrufe | llamadas | chamadas | ligações | telefonate | звонк | 電話 | 전화 | 电话',
      'مكالمات | arama | panggilan | cuộc gọi | โทร',
    ),
  ],
  ['calendar', list('calendar | agenda | kalender | календар | カレンダー | 캘린더 | 日历 | takvim | ปฏิทิน')],
  [
    'nearby-devices',
    list(
      'nearby | à proximité | in der nähe | cercanos | próximos | vicin | поблизости | 付近 | 근처 | 附近',
      'yakındaki | sekitar | lân cận | ใกล้เคียง',
    ),
  ],
];

export const pending = list(
  'Pending | En attente | Ausstehend | Pendiente | Pendente | In attesa | Ожидание | 保留中 | 대기 중 | 等待 | 待处理',
  'في الانتظار | Bekliyor | Menunggu | Đang chờ | Oczekuj',
);

/** What a launcher says about an icon that it is about to pin: hold it to move it. */
export const holdToMove = list(
  'touch & hold | appuyez de manière prolongée | maintenez le widget | zum verschieben | mantén pulsado',
  'mantén presionado | toque e pressione | toque sem soltar | tocca e tieni premuto | нажмите и удерживайте',
  '長押し | 길게 터치 | 轻触并按住 | 輕觸並按住 | dokunup basılı tutun | sentuh lama | chạm và giữ | แตะค้างไว้',
);

export const back = list(
  'Back | Navigate up | Retour | Revenir en haut de la page | Zurück | Nach oben | Atrás | Desplazarse hacia arriba',
  'Voltar | Navegar para cima | Indietro | Torna indietro | Назад | Перейти вверх | 戻る | 前に戻る | 上へ移動',
  '뒤로 | 위로 이동 | 返回 | 转到上一层级 | 向上瀏覽 | رجوع | التنقل إلى أعلى | Geri | Yukarı git | Kembali',
  'Navigasi naik | Quay lại | Di chuyển lên | กลับ | นำทางขึ้น | Wstecz | Przejdź wyżej | Terug | Omhoog navigeren',
);

export const developerOptions = list(
  'Developer options | Options pour les développeurs | Options de développement | Entwickleroptionen',
  'Opciones de desarrollador | Opciones para desarrolladores | Opções do desenvolvedor | Opções de programador',
  'Opzioni sviluppatore | Для разработчиков | Параметры разработчика | 開発者向けオプション | 개발자 옵션 | 开发者选项',
  '開發人員選項 | 開發者選項 | خيارات المطورين | Geliştirici seçenekleri | Opsi developer | Opsi pengembang',
  'Tùy chọn cho nhà phát triển | ตัวเลือกสำหรับนักพัฒนาแอป | Opcje programisty | Ontwikkelaarsopties',
);

export const goOn = list(
  'Continue | Next | Continuer | Suivant | Weiter | Fortfahren | Continuar | Siguiente | Avançar | Seguinte | Continua',
  'Avanti | Продолжить | Далее | 続行 | 次へ | 계속 | 다음 | 继续 | 下一步 | 繼續 | متابعة | التالي | Devam | Devam et',
  'İleri | Lanjutkan | Berikutnya | Tiếp tục | Tiếp theo | ดำเนินการต่อ | ถัดไป | Dalej | Kontynuuj | Doorgaan | Volgende',
);

/** Held by pages that only ask to wait. */
export const wait = list(
  'checking info | just a moment | please wait | just a sec | loading | getting your info | vérification | veuillez patienter',
  'chargement | einen moment | bitte warten | wird geladen | espera un momento | espere | cargando | aguarde',
  'carregando | attendi | caricamento | подождите | загрузка | しばらくお待ち | 読み込み | 잠시 기다려 | 로드 중 | 请稍候',
  '正在加载 | 請稍候 | lütfen bekleyin | yükleniyor | harap tunggu | memuat | vui lòng chờ | đang tải | โปรดรอ',
);
