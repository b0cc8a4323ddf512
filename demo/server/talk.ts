import type { PersonId } from '../people.ts'

/** A sentence of the talk in all three languages, one of which is spoken. `|` parts what becomes final by itself. */
export interface TalkSentence {
  who: PersonId
  en: string
  de: string
  ja: string
  /** What some of the spoken words are first heard as. */
  misheard?: Readonly<Record<string, string>>
  /** Between the end of the last sentence and this one; negative: the speaker cuts in. @defaultValue 350 */
  pauseMs?: number
}

/** A product team's call: two in London, one in Berlin, one in Tokyo. */
export const talk: readonly TalkSentence[] = [
  {
    who: 'ada',
    en: 'Good morning, everybody.',
    de: 'Guten Morgen, alle zusammen.',
    ja: '皆さん、おはようございます。',
    misheard: { morning: 'mourning' },
    pauseMs: 300,
  },
  { who: 'grace', en: 'Morning, Ada.', de: 'Morgen, Ada.', ja: 'おはよう、エイダ。' },
  {
    who: 'lena',
    en: 'Good morning from Berlin!',
    de: 'Guten Morgen aus Berlin!',
    ja: 'ベルリンからおはようございます！',
    pauseMs: -400,
  },
  {
    who: 'kenji',
    en: 'Good morning.| It is already evening in Tokyo.',
    de: 'Guten Morgen.| In Tokio ist es schon Abend.',
    ja: 'おはようございます。|東京はもう夕方です。',
  },
  {
    who: 'ada',
    en: 'Let’s start with the new release.| It has been out for a week,| and people like it.',
    de: 'Fangen wir mit der neuen Version an.| Sie ist seit einer Woche draußen,| und sie gefällt.',
    ja: '新しいリリースから始めましょう。|公開から一週間ですが、|好評です。',
    misheard: { release: 'lease', week: 'weak' },
  },
  {
    who: 'grace',
    en: 'Very much so.| Ratings went up from 4.1 to 4.6.',
    de: 'Und wie.| Die Bewertungen sind von 4,1 auf 4,6 gestiegen.',
    ja: '本当に。|評価は4.1から4.6に上がりました。',
    misheard: { Ratings: 'Readings' },
  },
  {
    who: 'kenji',
    en: 'That is wonderful!',
    de: 'Das ist ja großartig!',
    ja: 'それは素晴らしいですね！',
    pauseMs: -900,
  },
  {
    who: 'lena',
    en: 'The same here.| What people praise most are the offline maps.',
    de: 'Bei uns auch.| Am meisten loben die Leute die Offline-Karten.',
    ja: 'こちらも同じです。|一番好評なのはオフライン地図です。',
    misheard: { loben: 'leben' },
  },
  {
    who: 'ada',
    en: 'Offline maps were your idea, Lena, weren’t they?',
    de: 'Offline-Karten waren doch deine Idee, Lena, oder?',
    ja: 'オフライン地図はレナのアイデアでしたよね？',
    misheard: { idea: 'ID' },
  },
  {
    who: 'lena',
    en: 'Yes, after a bike tour without reception.',
    de: 'Ja, nach einer Radtour ohne Empfang.',
    ja: 'はい、電波の届かないサイクリングの後に思いつきました。',
    misheard: { Radtour: 'Ratte' },
  },
  {
    who: 'grace',
    en: 'I remember that tour!',
    de: 'An die Tour erinnere ich mich!',
    ja: 'あのツアー、覚えています！',
    pauseMs: -700,
  },
  {
    who: 'ada',
    en: 'We all do.| You sent us photos of the wrong lake.',
    de: 'Wir alle.| Du hast uns Fotos vom falschen See geschickt.',
    ja: 'みんな覚えています。|違う湖の写真を送ってくれましたね。',
    misheard: { lake: 'leg' },
  },
  {
    who: 'lena',
    en: 'It was a lovely lake all the same.',
    de: 'Es war trotzdem ein schöner See.',
    ja: 'それでもきれいな湖でしたよ。',
  },
  {
    who: 'ada',
    en: 'All right, numbers.| Kenji, how are the maps doing in Japan?',
    de: 'Gut, zu den Zahlen.| Kenji, wie laufen die Karten in Japan?',
    ja: 'では、数字を見ましょう。|ケンジ、日本での地図の調子はどうですか？',
    misheard: { numbers: 'lumber', Kenji: 'Can she' },
    pauseMs: 700,
  },
  {
    who: 'kenji',
    en: 'Thirty thousand people saved a map last week.| The weekend was especially busy.',
    de: 'Letzte Woche haben 30 000 Leute eine Karte gespeichert.| Am Wochenende war besonders viel los.',
    ja: '先週は三万人が地図を保存しました。|週末は特に多かったです。',
  },
  {
    who: 'grace',
    en: 'Thirty thousand?| Wow.',
    de: 'Dreißigtausend?| Wow.',
    ja: '三万人？|すごい。',
    pauseMs: -1_400,
  },
  {
    who: 'kenji',
    en: 'Some do say, though, that saving takes a little long.',
    de: 'Manche sagen aber, dass das Speichern etwas lange dauert.',
    ja: 'ただ、保存に少し時間がかかるという声もあります。',
    pauseMs: 900,
  },
  {
    who: 'grace',
    en: 'I looked into that on Friday.| We pack each map twice,| so half of the time is wasted.',
    de: 'Das habe ich mir am Freitag angesehen.| Wir packen jede Karte doppelt,| die halbe Zeit ist also vertan.',
    ja: '金曜日に調べました。|地図を二回圧縮しているので、|半分の時間が無駄です。',
    misheard: { pack: 'back', half: 'have' },
  },
  {
    who: 'lena',
    en: 'Can that be fixed by Thursday?',
    de: 'Lässt sich das bis Donnerstag beheben?',
    ja: '木曜日までに直せますか？',
    misheard: { beheben: 'erheben' },
  },
  {
    who: 'grace',
    en: 'By Wednesday.| The change is small, and the tests are written.',
    de: 'Bis Mittwoch.| Die Änderung ist klein, und die Tests sind geschrieben.',
    ja: '水曜日までに。|小さな変更で、テストも書いてあります。',
    misheard: { change: 'chain' },
  },
  {
    who: 'ada',
    en: 'Grace, you are a star.',
    de: 'Grace, du bist ein Schatz.',
    ja: 'グレース、さすがです。',
    misheard: { star: 'start' },
    pauseMs: -600,
  },
  {
    who: 'grace',
    en: 'Save that for when it works.',
    de: 'Heb dir das auf, bis es läuft.',
    ja: 'それは動いてからにしてください。',
  },
  {
    who: 'kenji',
    en: 'If it is Thursday, we can tell our customers as well.',
    de: 'Wenn es Donnerstag wird, können wir es auch den Kunden sagen.',
    ja: '木曜日なら、お客様にもお知らせできます。',
  },
  {
    who: 'lena',
    en: 'Then I will write the announcement,| in German and in English.',
    de: 'Dann schreibe ich die Ankündigung,| auf Deutsch und auf Englisch.',
    ja: 'では、お知らせを書きます。|ドイツ語と英語で。',
  },
  {
    who: 'kenji',
    en: 'I will write the Japanese one.',
    de: 'Die japanische schreibe ich.',
    ja: '日本語は私が書きます。',
    pauseMs: -1_000,
  },
  {
    who: 'ada',
    en: 'Lovely.| One last thing:| who is coming to the summer picnic?',
    de: 'Sehr schön.| Eines noch:| Wer kommt zum Sommerpicknick?',
    ja: 'いいですね。|最後に一つ。|夏のピクニックには誰が来ますか？',
    misheard: { picnic: 'panic' },
    pauseMs: 600,
  },
  {
    who: 'grace',
    en: 'I am, and I am bringing lemonade.',
    de: 'Ich, und ich bringe Limonade mit.',
    ja: '私が行きます。レモネードを持っていきますね。',
    misheard: { lemonade: 'lemon aid' },
  },
  {
    who: 'lena',
    en: 'Me too, and there will be cake!',
    de: 'Ich auch, und es gibt Kuchen!',
    ja: '私も行きます。ケーキもありますよ！',
    pauseMs: -1_200,
  },
  {
    who: 'kenji',
    en: 'I will be there on the screen.',
    de: 'Ich bin auf dem Bildschirm dabei.',
    ja: '私は画面越しに参加します。',
  },
  {
    who: 'ada',
    en: 'Then we put the screen next to the cake.| Thank you all,| see you on Thursday.',
    de: 'Dann stellen wir den Bildschirm neben den Kuchen.| Danke euch allen,| bis Donnerstag.',
    ja: 'では、画面はケーキの隣に置きましょう。|皆さん、ありがとう。|また木曜日に。',
  },
  {
    who: 'lena',
    en: 'Until Thursday!',
    de: 'Bis Donnerstag!',
    ja: 'また木曜日に！',
    pauseMs: -300,
  },
  { who: 'grace', en: 'See you all!', de: 'Bis dann!', ja: 'ではまた！', pauseMs: -600 },
]
