"""Names of the world that lists of births in France hold little of, and French spells as they come.

Common names of each language, written down from general knowledge; nobody in particular.
"""

FIRST_F = """
Agnieszka Małgorzata Katarzyna Zofia Danuta Bożena Grażyna Ilona Svetlana Olga Natalya Oksana Irina
Ludmila Tatiana Xiaoli Meiling Yan Jing Hui Fang Lan Thuy Linh Huong Hoa Ngoc Trang Bich Aminata
Fatoumata Mariama Kadiatou Rokhaya Ndeye Coumba Oumou Ramatoulaye Adjoa Akosua Ngozi Chiamaka Zeynep
Elif Ayşe Fatma Emine Gülşen Yasemin Conceição Fátima Graça Lurdes Inês Beatriz Joana Teresinha
Pilar Rocío Consuelo Maite Itziar Nekane Ainhoa Amaia Gwenn Rozenn Enora Nolwenn Lénaïg Maïna Vaea
Hinano Teuira Moana Mareva Priya Lakshmi Anjali Sunita Meena Divya Giulia Chiara Federica Ornella
Ghislaine Odile Huguette Raymonde Simone Fernande Harriet Imogen Niamh Siobhan Freya Ingrid Astrid
Solveig Birgit Heike Jutta Anneliese Hala Rania Samar Lamia Houda Wissal Ikram Chaïma Dounia Kenza
""".split()
FIRST_M = """
Krzysztof Łukasz Paweł Tomasz Zbigniew Grzegorz Wojciech Mirosław Stanisław Jarosław Sergei Dmitri
Oleg Yuri Vadim Bogdan Mircea Ionuț Răzvan Wei Jun Lei Hao Tao Bo Minh Hung Tuan Dung Quang Khoa
Mamadou Ibrahima Ousmane Cheikh Abdoulaye Souleymane Moussa Boubacar Lamine Kwame Kofi Chukwuemeka
Babatunde Mehmet Emre Hakan Yusuf Osman Ömer Çağlar João Gonçalo Tiago Rui Nuno Vasco Joaquim Paulo
Iñaki Xabier Gorka Beñat Koldo Yannig Erwan Gwendal Loeiz Tugdual Maël Teiki Manua Heimana Tane
Rajesh Suresh Vikram Anil Arjun Sanjay Giuseppe Salvatore Gennaro Lorenzo Matteo Graham Nigel Declan
Seán Alistair Lars Bjørn Søren Jürgen Günther Wolfgang Dieter Hassan Khaled Tarek Walid Nabil Samir
Mourad Farid Rachid Hicham Abdelkader Abderrahmane Anouar Soufiane Zakaria Gilles Ghislain Thibault
""".split()
LAST = """
Wiśniewski Wójcik Kamiński Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Krawczyk
Nowak Łukasik Petrov Ivanova Kuznetsov Shevchenko Bondarenko Popescu Ionescu Dumitrescu Horvath
Nagy Kovács Novotný Dvořák Zhang Chen Liu Huang Zhao Wu Zhou Xu Sun Lin Guo Tran Pham Hoang Phan Vu
Dang Bui Do Ngo Duong Ly Ndiaye Fall Sow Ba Sarr Gueye Diop Cissé Touré Keita Coulibaly Konaté Sanogo
Ouattara Kouassi Koffi Mensah Owusu Okafor Adeyemi Mbappé Nkunku Yılmaz Kaya Demir Çelik Şahin Yıldız
Öztürk Aydın Arslan Doğan Ferreira Pereira Oliveira Rodrigues Marques Gonçalves Fernandes Carvalho
Teixeira Magalhães Simões Figueiredo Etxeberria Goikoetxea Irigoyen Elizalde Harismendy Bidegain
Le Bihan Le Guen Kermarrec Guivarc'h Quéré Abgrall Cornec Le Dantec Tanguy Muller Schneider Klein
Zimmermann Hoffmann Wagner Kieffer Casanova Paoli Santoni Colonna Leca Mattei Teriitahi Tetuanui
Tehei Singh Patel Sharma Gupta Krishnan Iyer Esposito Ricci Colombo Marino Conti Gallo Hughes
O'Connor McAllister Fitzgerald Thornbury Whitcombe Ashworth Olsen Lindqvist Jørgensen Schröder
Bouazza Belkacem Benhaddou El-Idrissi Tazi Bennani Chraïbi Haddad Khelifi Mebarki Zeroual Ouali
Aït-Ahmed Boumediene Sassi Trabelsi Ben-Salah Gharbi Jebali Rakotomalala Andrianarivo Hoarau Payet
""".split()
