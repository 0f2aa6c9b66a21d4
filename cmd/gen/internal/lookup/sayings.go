package lookup

import (
	"slices"
	"sync"
)

// sayings are the words before what a program says. Those that are counts in other
// texts as well, as "we got 500", say it only where the text has one of technical. One of
// articles and one of adverbs may stand between, as in "returns a 401" and "get only 401".
// In some languages the verb stands behind.
var (
	sayings = []string{
		"says", "say", "said", "saying", "shows", "showed", "showing", "throws", "threw", "throwing", "returns", "return", "returned", "returning", "gives", "gave", "giving", "reports", "reported",
		"responds", "responded", "responding", "answers", "answered", "answering", "replies", "replied", "sends", "sent", "ends", "ended", "results", "resulted", "yields", "produces",
		"antwortet", "antworten", "gibt", "wirft", "répond", "répondent", "lance", "responde", "responden", "lanza", "sale", "respondem", "lança", "sai", "risponde", "lancia",
		"отвечают", "возвращают", "даёт", "дает", "выдал", "вернуло", "pokazuje", "wyrzuca", "geeft", "toont", "meldet", "zeigt", "liefert", "renvoie", "retourne", "affiche", "devuelve", "devolvió", "muestra", "retorna", "retornou", "devolve", "restituisce",
		"возвращает", "вернул", "вернула", "выдаёт", "выдает", "отвечает", "пишет", "zwraca", "döndürüyor", "döner", "mengembalikan",
	}
	receipts = []string{
		"get", "gets", "got", "getting", "receive", "received", "receiving", "was", "with", "is", "see", "seeing", "only", "hit", "hitting",
		"bekomme", "bekommen", "kriege", "kriegen", "erhalte", "erhalten", "mit", "reçois", "reçoit", "avec", "recibo", "recibimos", "con", "recebo", "recebendo", "com", "ricevo", "получаю", "получаем", "dostaję", "krijg", "krijgen", "código", "codice", "kod", "код",
	}
	havings = []string{
		"get", "gets", "got", "getting", "receive", "received", "receiving", "see", "seeing", "have", "having", "had", "haben", "habe", "hatten", "bekomme", "bekommen", "kriege", "kriegen", "erhalte", "erhalten",
		"reçois", "avons", "recibo", "recibimos", "tenemos", "recebo", "temos", "ricevo", "abbiamo", "получаю", "получаем", "dostaję", "mamy", "alıyoruz", "krijg", "krijgen", "hebben",
	}
	adverbs = []string{
		"always", "constantly", "still", "only", "again", "just", "now", "then", "in", "ständig", "laufend", "dauernd", "immer", "wieder", "nur", "jetzt", "plötzlich", "toujours", "encore", "maintenant",
		"siempre", "ahora", "solo", "sempre", "agora", "só", "ancora", "adesso", "всегда", "постоянно", "теперь", "только", "снова", "zawsze", "ciągle", "teraz", "sürekli", "hep", "steeds", "altijd",
	}
	articles  = []string{"a", "an", "the", "another", "einen", "eine", "un", "une", "um", "uma", "een"}
	technical = []string{
		"api", "apis", "request", "requests", "call", "calls", "calling", "server", "error", "errors", "endpoint", "response", "responses", "http", "https", "url",
		"curl", "fetch", "failed", "fails", "fail", "failing", "status", "upload", "uploading", "client", "json", "post", "login", "webhook", "integration", "captcha",
		"anfrage", "anfragen", "aufruf", "schnittstelle", "serveur", "requête", "requêtes", "servidor", "petición", "solicitud", "requisição", "richiesta", "апи", "сервер", "запрос", "запросы", "serwer", "sunucu",
	}
	speakers = []string{
		"it", "api", "server", "site", "website", "page", "app", "endpoint", "service", "request", "call", "log", "logs", "client", "console", "response", "browser", "system",
		"tool", "program", "script", "still", "always", "just", "now", "then", "also", "keeps", "and", "but", "postman", "dashboard", "terminal", "screen", "window", "message",
	}
	followers = []string{
		"when", "whenever", "while", "from", "on", "after", "again", "back", "and", "but", "in", "at", "today", "now", "since", "every", "all", "instead", "as", "if", "each", "even",
		"although", "or", "then", "so", "because", "sometimes", "always", "with", "for", "until",
		"wenn", "seit", "bei", "beim", "und", "aber", "obwohl", "zurück", "quand", "alors", "depuis", "mais", "et", "cuando", "desde", "pero", "al", "aunque", "quando", "ao", "mas", "когда", "при", "но", "gdy", "przy", "als", "maar",
		"pourtant", "porque", "aunque", "embora", "на", "с", "и", "после", "хотя", "trotz", "da", "weil", "auf", "sur", "sobre", "por", "pour", "para",
	}
)

// These are the words of the lists, to be asked for one.
var (
	sayingWords, receiptWords, adverbWords, articleWords = setOf(sayings), setOf(receipts), setOf(adverbs), setOf(articles)
	havingWords                                          = setOf(havings)
	technicalWords, speakerWords, followerWords          = setOf(technical), setOf(speakers), setOf(followers)
	errorWordSet                                         = setOf(errorWords)
)

func setOf(words []string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := make(map[string]bool, len(words))
		for _, word := range words {
			all[word] = true
		}
		return all
	})
}

// errorWords are what languages call an error. In scripts that put no space between words
// a longer word may end or start with one.
var errorWords = []string{
	"fehler", "fehlercode", "fehlermeldung", "erreur", "erro", "errore", "hata", "hatası", "hatasi", "hatayı", "hatasını", "fout", "foutcode", "foutmelding", "kesalahan", "galat",
	"błąd", "błędu", "błędem", "ошибка", "ошибку", "ошибки", "ошибкой", "помилка", "помилку", "chyba", "chybu", "felkod", "fejl", "fejlkode", "eroare", "eroarea", "hiba", "hibakód", "virhe", "virhekoodi", "σφάλμα", "lỗi",
	"错误", "错误码", "错误代码", "錯誤", "錯誤碼", "报错", "エラー", "エラーコード", "오류", "에러", "त्रुटि", "एरर", "خطأ", "ত্রুটি", "خرابی", "שגיאה", "ข้อผิดพลาด",
}

// wideErrors are those of scripts that put no space between words, from U+0500 on.
var wideErrors = sync.OnceValue(func() []string {
	return slices.DeleteFunc(slices.Clone(errorWords), func(word string) bool { return word[0] < 0xd4 })
})

// wideSayings are verbs of saying in scripts that put no space between words: one ends
// what stands before the number.
var wideSayings = []string{"返回", "返回了", "显示", "收到"}

// laterSayings are verbs of saying that stand behind the number, and wideEnds how what
// stands there starts in scripts without spaces.
var (
	laterSayings = []string{"zurück", "alıyorum", "alıyoruz", "veriyor", "dönüyor", "geliyor"}
	wideEnds     = []string{"が返", "を返", "が出ま", "が出る", "と表示"}
)
