export const SHOPS = [
  'MAPLE MARKET',
  'Corner Bakery',
  'GREEN GROCER',
  '하늘 마트',
  '별빛 커피',
  'Harbour Books',
  'SUNNY PHARMACY',
  '동네 빵집',
] as const

export const ADDRESSES = [
  '12 River Street, Hillton',
  '3 Market Square',
  '서울시 마포구 양화로 45',
  '부산시 해운대구 달맞이길 7',
  '88 Long Lane, Westbrook',
] as const

export const ITEMS = [
  'Whole milk',
  'Brown bread',
  'Apples 1kg',
  'Coffee beans',
  'Green tea',
  'Rice 5kg',
  'Olive oil',
  'Tomatoes',
  'Notebook A5',
  'Pencil',
  'Soap',
  'Chocolate bar',
  '아메리카노',
  '카페 라떼',
  '김밥',
  '우유 1L',
  '식빵',
  '바나나',
  '생수 2L',
  '초코 쿠키',
] as const

export const SMALL_PRINT = [
  'Thank you for your visit',
  'Goods may be returned within 14 days',
  'VAT included where applicable',
  '교환 및 환불은 영수증 지참',
  '이용해 주셔서 감사합니다',
  'Served by till 4',
] as const
