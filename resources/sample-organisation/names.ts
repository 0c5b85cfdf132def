import type { Random } from './random.ts'

/** First and last names of one region, blank separated. `Ελένη|Eleni` gives the Latin form where letters alone do not. */
type NamePool = { weight: number; female: string; male: string; last: string }

const pools: readonly NamePool[] = [
  {
    weight: 14,
    female: 'Hannah Lena Greta Annika Frieda Marlene Heike Katrin Jule Sabine Ute Wiebke',
    male: 'Jonas Felix Matthias Jürgen Sören Lukas Torben Kai Bernd Malte Rainer Gregor',
    last: 'Brandt Möller Köhler Weißhaupt Jäger Kröger Lindemann Osterwald Schäfer '
      + 'Böhm Rademacher Vogt Hinrichs Groß Petersen Tietjen Reimann Ahlers',
  },
  {
    weight: 12,
    female: 'Chloé Amélie Inès Margaux Hélène Élodie Noémie Solène Maëlle Agathe Brigitte Anaïs',
    male: 'Théo Étienne Rémi Loïc Benoît Gaël Aurélien Cédric Mathis Yann Hervé Bastien',
    last: 'Moreau Lefèvre Garnier Chevalier Dufour Béranger Rousselet Mercier Fontaine '
      + 'Gauthier Perrot Delacroix Blanchet Carpentier Aubry Lacombe Noël Vasseur',
  },
  {
    weight: 12,
    female: 'Olivia Grace Imogen Harriet Niamh Siân Eleanor Ruth Fiona Maeve Bronwen Alice',
    male: 'Callum Rhys Oliver Declan Ewan Harvey Tobias Graham Owen Seán Nigel Dominic',
    last: 'Whitfield Ashworth Pemberton Hargreaves Llewellyn Kinsella Thackray Oakes Fairclough '
      + 'Brennan Holloway Sutcliffe Redfern Garrity Tindall Wetherby Moss Ainsley',
  },
  {
    weight: 8,
    female: 'Inês Beatriz Leonor Catarina Lúcia Begoña Ainhoa Marisol Íñiga Carmen Rocío Joana',
    male: 'João Gonçalo Rúben Tomás Iñaki Álvaro Nuno Andrés Héctor Simão Íñigo Raúl',
    last: 'Almeida Conceição Magalhães Figueiredo Ibáñez Núñez Carvalho Etxeberria Sepúlveda '
      + 'Simões Quintão Muñoz Peña Baptista Valdés Galvão Zubiría Teixeira',
  },
  {
    weight: 8,
    female: 'Zofia Małgorzata Agnieszka Łucja Bożena Kinga Hanna Iwona Żaneta Marta',
    male: 'Łukasz Stanisław Wojciech Paweł Grzegorz Michał Bartosz Zbigniew Kacper Jędrzej',
    last: 'Nowak Wójcik Kaczmarek Dudek Wróbel Gołąb Stępień Mróz Kaźmierczak Szczepaniak Bąk Cieślak Głowacz Pająk Żuk Sikora Wrona Śliwa',
  },
  {
    weight: 7,
    female: 'Signe Åsa Freja Ingrid Solveig Maja Birgitta Aino Þóra Liv Kirsi Tuuli',
    male: 'Bjørn Håkon Øyvind Jørgen Lars Åke Mikko Eero Søren Gunnar Viggo',
    last: 'Lindqvist Ødegård Sjöberg Håkansson Nygaard Bjørnsen Mäkelä Hämäläinen Östlund '
      + 'Kjærsgaard Dahl Åström Virtanen Strøm Friis Fjeld Rønning Ekholm',
  },
  {
    weight: 9,
    female: 'Priya Ananya Kavitha Meera Sunita Divya Shreya Lakshmi Aditi Nandini',
    male: 'Arjun Rohan Vikram Suresh Karthik Aditya Nikhil Prakash Harish Manoj',
    last: 'Deshpande Kulkarni Iyer Banerjee Chaudhari Nair Reddy Joshi Bhatt '
      + 'Mukherjee Patil Rao Subramanian Menon Ghosh Kamath Pillai Thakur',
  },
  {
    weight: 5,
    female: 'Ngozi Adaeze Folake Amina Yetunde Chiamaka Zainab Efua Abena Thandiwe',
    male: 'Chinedu Olumide Kwame Ibrahim Tunde Emeka Kofi Sipho Babajide Uchenna',
    last: 'Okonkwo Adeyemi Balogun Mensah Nwosu Eze Owusu Dlamini Ogunleye Asante Bello Obi Afolabi Boateng Nkosi Danjuma Achebe Sarpong',
  },
  {
    weight: 5,
    female: 'Yasmin Layla Nour Salma Rania Samira Hala Dalia',
    male: 'Omar Karim Tariq Youssef Nabil Hassan Ziad Faris',
    last: 'Haddad Mansour Khoury Benali Saleh El-Amrani Farouk Rahmani Nasser Bouzid Sabbagh Tazi Darwish Aziz Hamdan Zerouali',
  },
  {
    weight: 4,
    female: 'Linh Mai Thảo Hương Ngọc Trang',
    male: 'Minh Đức Tuấn Quang Hải Bảo',
    last: 'Nguyễn Trần Phạm Đặng Bùi Vũ Hoàng Đỗ Lý Võ',
  },
  {
    weight: 4,
    female: 'Elif Zeynep Ayşe Gülşen İpek Şebnem Nazlı Çiğdem',
    male: 'Emre Barış Oğuz Çağlar Tuğrul Kerem Serkan Yiğit',
    last: 'Yıldız Aydın Şahin Özdemir Kılıç Çelik Doğan Güneş Erdoğdu Karaca Tunç Aksoy',
  },
  {
    weight: 4,
    female: 'Ελένη|Eleni Δήμητρα|Dimitra Κατερίνα|Katerina Σοφία|Sofia Άννα|Anna Χριστίνα|Christina',
    male: 'Γιώργος|Giorgos Νίκος|Nikos Δημήτρης|Dimitris Ανδρέας|Andreas Πέτρος|Petros Στέλιος|Stelios',
    last: 'Γεωργίου|Georgiou Νικολάου|Nikolaou Οικονόμου|Oikonomou Ιωάννου|Ioannou Βασιλείου|Vasileiou Κωνσταντίνου|Konstantinou '
      + 'Αθανασίου|Athanasiou Παύλου|Pavlou Χατζή|Chatzi Σταύρου|Stavrou',
  },
  {
    weight: 4,
    female: 'Олена|Olena Ірина|Iryna Наталія|Nataliia Оксана|Oksana Юлія|Yuliia Дарина|Daryna',
    male: 'Андрій|Andrii Тарас|Taras Олексій|Oleksii Дмитро|Dmytro Богдан|Bohdan Євген|Yevhen',
    last: 'Шевченко|Shevchenko Коваленко|Kovalenko Бондаренко|Bondarenko Ткаченко|Tkachenko Гриценко|Hrytsenko Мороз|Moroz '
      + 'Лисенко|Lysenko Савчук|Savchuk Кравець|Kravets Гончар|Honchar',
  },
  {
    weight: 3,
    female: 'Haruka Yuki Naoko Akemi Rin Sakura',
    male: 'Kenji Takumi Daichi Hiroto Ren Shōta',
    last: 'Tanabe Kuroda Ōnishi Fujimori Hayakawa Mizuno Sugiyama Nakao Kōno Matsuoka Ueda Ishikura',
  },
]

/** Written in their own script, to keep every screen and report honest: one runs from right to left, one has no Latin letter. */
const ownScript: readonly PersonName[] = [
  { first: 'ליאור', last: 'בן־חיים', asciiFirst: 'Lior', asciiLast: 'BenHaim', gender: 'Male', display: 'ליאור בן־חיים' },
  { first: '美咲', last: '石原', asciiFirst: 'Misaki', asciiLast: 'Ishihara', gender: 'Female', display: '石原 美咲' },
]

export type PersonName = { first: string; last: string; asciiFirst: string; asciiLast: string; gender: string; display: string }

type Form = { text: string; ascii: string }
type ReadyPool = { female: Form[]; male: Form[]; last: Form[] }

const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', æ: 'ae', Æ: 'Ae', đ: 'd', Đ: 'D', ı: 'i', þ: 'th', Þ: 'Th', ð: 'd',
}

/** Latin letters without marks, as a login name would have them. */
export function toAscii(text: string): string {
  return [...text.normalize('NFD')].map((letter) => LATIN[letter] ?? letter).join('').replace(/[^A-Za-z0-9-]/g, '')
}

function forms(words: string): Form[] {
  return words.split(' ').map((word) => {
    const [text = '', ascii] = word.split('|')
    return { text, ascii: ascii ?? toAscii(text) }
  })
}

const readyPools: readonly (readonly [ReadyPool, number])[] = pools.map(
  (pool) => [{ female: forms(pool.female), male: forms(pool.male), last: forms(pool.last) }, pool.weight],
)

/** An endless supply of names: the two in their own script come 5th and 9th, so that even a small company has them. */
export function createNames(random: Random): () => PersonName {
  let given = 0
  return () => {
    given += 1
    const fixed = given === 5 ? ownScript[0] : given === 9 ? ownScript[1] : undefined
    if (fixed) return fixed
    const pool = random.pickWeighted(readyPools)
    const isFemale = random.chance(49)
    const first = random.pick(isFemale ? pool.female : pool.male)
    const last = random.pick(pool.last)
    const gender = random.chance(2) ? 'Non-binary' : random.chance(3) ? '' : isFemale ? 'Female' : 'Male'
    const display = `${first.text} ${last.text}`
    return { first: first.text, last: last.text, asciiFirst: first.ascii, asciiLast: last.ascii, gender, display }
  }
}
